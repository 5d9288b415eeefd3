package dev.headway.benchmarks.contender;

import com.google.common.util.concurrent.RateLimiter;
import dev.headway.limiter.Algorithm;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** All that is measured: our limiter, the peers in their recommended keyed use, and the floors. */
public final class Entrants {

    private static final List<Entrant> ALL = List.of(
            // The exact window; keys as texts, and as the numbers of 128 bits that addresses are.
            new Entrant(
                    "headway-sliding-window",
                    (keys, quota) -> HeadwayContender.byText(keys, quota, Algorithm.SLIDING_WINDOW)),
            new Entrant(
                    "headway-sliding-window-by-number",
                    (keys, quota) -> HeadwayContender.byNumber(keys, quota, Algorithm.SLIDING_WINDOW)),
            new Entrant(
                    "headway-token-bucket",
                    (keys, quota) -> HeadwayContender.byText(keys, quota, Algorithm.TOKEN_BUCKET)),
            new Entrant(
                    "headway-token-bucket-by-number",
                    (keys, quota) -> HeadwayContender.byNumber(keys, quota, Algorithm.TOKEN_BUCKET)),
            // A map of buckets is Bucket4j's fastest keyed form; the Caffeine manager is its own one.
            new Entrant("bucket4j", Entrants::bucket4j),
            new Entrant("bucket4j-caffeine", CaffeineManager::new),
            new Entrant("resilience4j", Entrants::resilience4j),
            // Guava has no bursts, Failsafe and Resilience4j have fixed cycles.
            new Entrant("guava", Entrants::guava),
            new Entrant("failsafe", Entrants::failsafe),
            new Entrant("naive-log", Entrants::naiveLog),
            // What no keyed limiter can do without: look up, read the clock, read the value.
            new Entrant("map-get-clock-read", Entrants::mapGetClockRead),
            // A look-up alone; the processor overlaps several, so this is no latency.
            new Entrant("map-get", Entrants::mapGet),
            new Entrant("nano-time", (keys, quota) -> new ClockAlone()));

    private Entrants() {}

    /** The names, ours first, the floors last. */
    public static List<String> ids() {
        return ALL.stream().map(Entrant::id).toList();
    }

    /** A fresh contender by its name, for these keys; throws {@link IllegalArgumentException} for other names. */
    public static Contender create(String id, String[] keys, Quota quota) {
        return ALL.stream()
                .filter(entrant -> entrant.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender \"" + id + "\"; there are " + ids()))
                .factory()
                .create(keys, quota);
    }

    private record Entrant(String id, Factory factory) {}

    /** Makes a contender. */
    @FunctionalInterface
    private interface Factory {
        Contender create(String[] keys, Quota quota);
    }

    private static Contender bucket4j(String[] keys, Quota quota) {
        return new MapContender<>(
                keys,
                () -> Bucket.builder()
                        .addLimit(
                                limit -> limit.capacity(quota.permits()).refillGreedy(quota.permits(), quota.window()))
                        .build(),
                bucket -> bucket.tryConsume(1));
    }

    private static Contender resilience4j(String[] keys, Quota quota) {
        RateLimiterRegistry registry = RateLimiterRegistry.of(RateLimiterConfig.custom()
                .limitForPeriod(quota.permits())
                .limitRefreshPeriod(quota.window())
                .timeoutDuration(Duration.ZERO)
                .build());
        return new RegistryContender(keys, registry);
    }

    // Guava marks its limiter as beta; it is measured, not built upon.
    @SuppressWarnings("UnstableApiUsage")
    private static Contender guava(String[] keys, Quota quota) {
        return new MapContender<>(keys, () -> RateLimiter.create(quota.permitsPerSecond()), RateLimiter::tryAcquire);
    }

    private static Contender failsafe(String[] keys, Quota quota) {
        return new MapContender<>(
                keys,
                () -> dev.failsafe.RateLimiter.burstyBuilder(quota.permits(), quota.window())
                        .build(),
                dev.failsafe.RateLimiter::tryAcquirePermit);
    }

    private static Contender naiveLog(String[] keys, Quota quota) {
        return new MapContender<>(keys, () -> new NaiveLog(quota), NaiveLog::tryAcquire);
    }

    private static Contender mapGetClockRead(String[] keys, Quota quota) {
        long longAgo = System.nanoTime() - quota.window().toNanos();
        return new MapContender<>(
                keys, () -> new AtomicLong(longAgo), value -> value.getOpaque() - System.nanoTime() > 0);
    }

    private static Contender mapGet(String[] keys, Quota quota) {
        return new MapContender<>(keys, () -> quota, value -> value.permits() == 0);
    }
}
