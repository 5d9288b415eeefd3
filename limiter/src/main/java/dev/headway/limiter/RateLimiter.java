package dev.headway.limiter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides who may go on, by one or several limits per key. Safe to share between threads.
 *
 * <pre>{@code
 * RateLimiter limiter = RateLimiter.builder()
 *         .name("login")
 *         .limits(Limit.parseAll("100/hour;10/minute"))
 *         .store(MemoryStore.builder().build())
 *         .build();
 * if (limiter.tryAcquire(user) instanceof Decision.Refused refused) {
 *     return tooManyRequests(refused.retryAfter());
 * }
 * }</pre>
 *
 * <p>Several limits are all or nothing: a request takes its permits from each of them or from none. A refused request takes
 * nothing. In any window of a limit's length at most as many permits are given as the limit says, if no other {@link Algorithm} is
 * chosen.
 */
public final class RateLimiter {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String name;
    private final List<Limit> limits;
    private final Algorithm algorithm;
    private final LimitSpace space;

    private RateLimiter(String name, List<Limit> limits, Algorithm algorithm, LimitStore store) {
        this.name = name;
        this.limits = limits;
        this.algorithm = algorithm;
        this.space = store.open(name, limits, algorithm);
    }

    /** Returns a builder; name, limits and store are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the name that sets this limiter's keys apart from those of others in the same store. */
    public String name() {
        return name;
    }

    /** Returns the limits, in the order given. */
    public List<Limit> limits() {
        return limits;
    }

    /** Returns how the limiter counts. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /** Takes one permit of the key, or none. */
    public Decision tryAcquire(String key) {
        return space.tryAcquire(key, 1);
    }

    /** Takes so many permits of the key, at least 1, or none; throws {@link IllegalArgumentException} for fewer than 1. */
    public Decision tryAcquire(String key, int permits) {
        return space.tryAcquire(key, requirePositive(permits));
    }

    /** Takes so many permits of a key of 128 bits, say an address, or none; throws {@link IllegalArgumentException} for fewer than 1. */
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return space.tryAcquire(keyHigh, keyLow, requirePositive(permits));
    }

    /** Answers as {@link #tryAcquire(String, int)} would, and takes nothing; the usages are those before. */
    public Decision peek(String key, int permits) {
        return space.peek(key, requirePositive(permits));
    }

    /** Answers as {@link #tryAcquire(long, long, int)} would, and takes nothing; the usages are those before. */
    public Decision peek(long keyHigh, long keyLow, int permits) {
        return space.peek(keyHigh, keyLow, requirePositive(permits));
    }

    /** Forgets the key, so that all its permits can be taken. */
    public void reset(String key) {
        space.reset(key);
    }

    /** Forgets the key, so that all its permits can be taken. */
    public void reset(long keyHigh, long keyLow) {
        space.reset(keyHigh, keyLow);
    }

    private static int requirePositive(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException(permits + " permits asked for; at least 1 is accepted");
        }
        return permits;
    }

    /** Collects what a {@link RateLimiter} needs. Not for sharing between threads. */
    public static final class Builder {
        private String name = "";
        private List<Limit> limits = List.of();
        private Algorithm algorithm = Algorithm.SLIDING_WINDOW;
        private Optional<LimitStore> store = Optional.empty();

        private Builder() {}

        /** Sets the name: 1 to 64 letters, digits, dots, hyphens and underscores. */
        public Builder name(String newName) {
            name = newName;
            return this;
        }

        /** Sets the limits, at least one. */
        public Builder limits(List<Limit> newLimits) {
            limits = List.copyOf(newLimits);
            return this;
        }

        /** Sets the limits, at least one. */
        public Builder limits(Limit... newLimits) {
            return limits(List.of(newLimits));
        }

        /** Sets how the limiter counts; by the exact sliding window if not set. */
        public Builder algorithm(Algorithm newAlgorithm) {
            algorithm = newAlgorithm;
            return this;
        }

        /** Sets the store; it may serve other limiters too, and the caller closes it. */
        public Builder store(LimitStore newStore) {
            store = Optional.of(newStore);
            return this;
        }

        /** Returns the limiter; throws {@link IllegalArgumentException} if something is missing or the store cannot keep the limits. */
        public RateLimiter build() {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a limiter named \"" + name
                        + "\"; 1 to 64 letters, digits, dots, hyphens and underscores are accepted");
            }
            if (limits.isEmpty()) {
                throw new IllegalArgumentException("limiter \"" + name + "\" has no limits; at least one is needed");
            }
            return new RateLimiter(name, limits, algorithm, store.orElseThrow(this::noStore));
        }

        private IllegalArgumentException noStore() {
            return new IllegalArgumentException(
                    "limiter \"" + name + "\" has no store; MemoryStore.builder().build() makes one");
        }
    }
}
