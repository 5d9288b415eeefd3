package dev.headway.benchmarks.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Claims about Resilience4j and us: what is the same, and what is not. Threads do not share it. */
class Resilience4jTest {
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void bothAdmitByKey() {
        RateLimiterRegistry registry = RateLimiterRegistry.of(RateLimiterConfig.custom()
                .limitForPeriod(10)
                .limitRefreshPeriod(Duration.ofMinutes(1))
                .timeoutDuration(Duration.ZERO)
                .build());
        boolean permitted = registry.rateLimiter("alice").acquirePermission();

        RateLimiter limiter = RateLimiter.builder()
                .name("backend")
                .limits(Limit.parse("10/minute"))
                .store(MemoryStore.builder().maxKeys(100_000).build())
                .build();
        boolean allowed = limiter.tryAcquire("alice").allowed();

        assertThat(permitted).isTrue();
        assertThat(allowed).isTrue();
    }

    @Test
    void cyclesAdmitTwiceTheLimitAroundTheirEdgeAndTheExactWindowDoesNot() {
        io.github.resilience4j.ratelimiter.RateLimiter cycles = cycles(10);
        RateLimiter exact = Ours.limiter("10/minute", Algorithm.SLIDING_WINDOW, ticker);

        ticker.set(Duration.ofMillis(59_900).toNanos());
        int theirs = admitted(20, cycles::acquirePermission);
        int ours = admitted(20, () -> exact.tryAcquire("alice").allowed());
        ticker.advance(Duration.ofMillis(200));
        theirs += admitted(20, cycles::acquirePermission);
        ours += admitted(20, () -> exact.tryAcquire("alice").allowed());

        assertThat(theirs).isEqualTo(20);
        assertThat(ours).isEqualTo(10);
    }

    /** One number says all there: a wait, or -1 for too long as well as for never. */
    @Test
    void aReservationThatFailsDoesNotSayWhy() {
        io.github.resilience4j.ratelimiter.RateLimiter cycles = cycles(10);
        RateLimiter limiter = Ours.limiter("10/minute", Algorithm.SLIDING_WINDOW, ticker);
        cycles.acquirePermission(10);
        limiter.tryAcquire("alice", 10);

        assertThat(cycles.reservePermission(1)).isEqualTo(-1);
        assertThat(cycles.reservePermission(11)).isEqualTo(-1);
        assertThat(limiter.tryAcquire("alice", 1)).isInstanceOf(Decision.Refused.class);
        assertThat(limiter.tryAcquire("alice", 11)).isInstanceOf(Decision.NeverPossible.class);
    }

    @Test
    void aReservationCanBeGivenBack() {
        RateLimiter limiter = Ours.limiter("1/minute", Algorithm.SLIDING_WINDOW, ticker);
        limiter.tryAcquire("alice");

        Duration first = waitOfReservation(limiter);
        Duration second = waitOfReservation(limiter);

        assertThat(first).isPositive();
        assertThat(second).isEqualTo(first);
    }

    private static Duration waitOfReservation(RateLimiter limiter) {
        Decision decision = limiter.reserve("alice", 1, Duration.ofMinutes(5));
        if (decision instanceof Decision.Allowed place) {
            place.refund();
            return place.waitTime();
        }
        return Duration.ZERO;
    }

    @Test
    void aRegistryKeepsEveryNameForEverAndAStoreIsBounded() {
        RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
        MemoryStore store = MemoryStore.builder().maxKeys(100).ticker(ticker).build();
        RateLimiter limiter = RateLimiter.builder()
                .name("bounded")
                .limits(Limit.parse("1/second"))
                .store(store)
                .build();
        for (int user = 0; user < 1000; user++) {
            registry.rateLimiter("user " + user);
            limiter.tryAcquire("user " + user);
            ticker.advance(Duration.ofMillis(100));
        }

        assertThat(registry.getAllRateLimiters()).hasSize(1000);
        assertThat(store.statistics().keys()).isLessThanOrEqualTo(100);
        assertThat(store.statistics().overflows()).isZero();
    }

    private io.github.resilience4j.ratelimiter.RateLimiter cycles(int permits) {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(permits)
                .limitRefreshPeriod(Duration.ofMinutes(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        return io.github.resilience4j.ratelimiter.RateLimiter.of("cycles", config, Map.of(), ticker::nanos);
    }

    private static int admitted(int requests, BooleanSupplier limiter) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += limiter.getAsBoolean() ? 1 : 0;
        }
        return admitted;
    }
}
