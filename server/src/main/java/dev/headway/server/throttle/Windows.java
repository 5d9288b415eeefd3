package dev.headway.server.throttle;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Penalty;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreFailurePolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * What is counted of one endpoint, of which every limiter that it ever has is a view; safe to share between threads.
 *
 * <p>What a caller has used belongs to the endpoint and not to the rule, so that it stays used when another rule holds: because the policy
 * is read again, because the caller changes tier, or because it comes from elsewhere. The exact window tells the same to all limits. The
 * other algorithms keep counts that mean something only to windows of the same lengths, and a bucket only to one of its size, so rules of
 * another kind count apart, as do those that are only tried.
 *
 * <p>All of it is kept as long as this is: a policy that comes back finds what it had counted.
 */
final class Windows {
    private final String name;
    private final LimitStore store;
    private final StoreFailurePolicy failures;
    private final Reach reach;
    private final Map<Kind, Opened> opened = new LinkedHashMap<>();
    private final Map<Way, RateLimiter> limiters = new LinkedHashMap<>();

    /**
     * Begins to count an endpoint.
     *
     * @param name of the limiter that counts as usual
     * @param store where
     * @param failures what becomes of requests about which the store says nothing
     * @param reach what is known beforehand
     */
    Windows(String name, LimitStore store, StoreFailurePolicy failures, Reach reach) {
        this.name = name;
        this.store = store;
        this.failures = failures;
        this.reach = reach;
    }

    /** Requests that are counted together. */
    record Kind(Algorithm algorithm, int burst, List<Duration> windows, boolean tried) {
        static Kind of(Asked asked, List<Limit> limits) {
            List<Duration> lengths = asked.algorithm() == Algorithm.SLIDING_WINDOW
                    ? List.of()
                    : limits.stream().map(Limit::window).toList();
            return new Kind(asked.algorithm(), asked.burst().orElse(0), lengths, asked.tried());
        }

        /** Returns a number that stands for this kind in every server. */
        long digest() {
            CRC32 sum = new CRC32();
            sum.update(toString().getBytes(StandardCharsets.UTF_8));
            return sum.getValue();
        }
    }

    private record Opened(String name, List<Limit> limits) {}

    private record Way(Kind kind, Asked asked) {}

    /**
     * How a rule counts; an immutable value.
     *
     * @param algorithm the algorithm
     * @param burst how many tokens a bucket holds
     * @param penalty what becomes of those who are refused too often
     * @param tried whether it is only tried
     */
    record Asked(Algorithm algorithm, OptionalInt burst, Optional<Penalty> penalty, boolean tried) {}

    /**
     * Returns a limiter over these windows.
     *
     * @throws IllegalArgumentException when the store cannot keep such limits, saying why
     */
    synchronized RateLimiter limiter(Asked asked, List<Limit> limits) {
        Kind kind = Kind.of(asked, limits);
        Opened space = opened.computeIfAbsent(kind, unknown -> open(unknown, limits));
        RateLimiter limiter = limiters.computeIfAbsent(new Way(kind, asked), way -> build(space, asked));
        return limits.equals(space.limits()) ? limiter : limiter.withLimits(limits);
    }

    private RateLimiter build(Opened space, Asked asked) {
        RateLimiter.Builder builder = RateLimiter.builder()
                .name(space.name())
                .limits(space.limits())
                .algorithm(asked.algorithm())
                .store(store)
                .onStoreFailure(failures);
        asked.burst().ifPresent(builder::burst);
        asked.penalty().ifPresent(builder::penalty);
        return builder.build();
    }

    /** Forgets what was counted for a key, by whatever rule. */
    void reset(long high, long low) {
        for (RateLimiter limiter : all()) {
            limiter.reset(Key.of(high, low));
        }
    }

    private synchronized List<RateLimiter> all() {
        return new ArrayList<>(limiters.values());
    }

    /** Servers that share a store find the same names. */
    private Opened open(Kind kind, List<Limit> limits) {
        String suffix = reach.isUsual(kind) ? "" : "." + Long.toString(kind.digest(), Character.MAX_RADIX);
        boolean isExact = kind.algorithm() == Algorithm.SLIDING_WINDOW;
        return new Opened(name + suffix, isExact ? reach.least(kind.tried()) : limits);
    }
}
