package dev.headway.benchmarks.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Claims about Guava's limiter and us: what is the same, and what is not. Threads do not share it. */
// Guava marks its limiter as beta; it is compared with, not built upon.
@SuppressWarnings("UnstableApiUsage")
class GuavaTest {
    private static final double TEN_PER_HOUR = 10.0 / 3600;

    private final Map<String, com.google.common.util.concurrent.RateLimiter> limiters = new ConcurrentHashMap<>();

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void bothAdmitByKey() {
        boolean permitted = limiters.computeIfAbsent(
                        "alice", user -> com.google.common.util.concurrent.RateLimiter.create(10.0 / 60))
                .tryAcquire();

        RateLimiter limiter = RateLimiter.builder()
                .name("calls")
                .limits(Limit.parse("10/minute"))
                .store(MemoryStore.builder().build())
                .build();
        boolean allowed = limiter.tryAcquire("alice").allowed();

        assertThat(permitted).isTrue();
        assertThat(allowed).isTrue();
    }

    /** Guava saves up one second of permits, which at slow rates is less than one permit. */
    @Test
    void guavaLetsOneGoWhereTenPerHourLetsTen() {
        var smooth = com.google.common.util.concurrent.RateLimiter.create(TEN_PER_HOUR);
        RateLimiter exact = Ours.limiter("10/hour", Algorithm.SLIDING_WINDOW, ticker);

        assertThat(smooth.tryAcquire()).isTrue();
        assertThat(smooth.tryAcquire()).isFalse();
        assertThat(exact.tryAcquire("alice", 10).allowed()).isTrue();
    }

    @Test
    void guavaLetsTheNextOnePayForALargeRequest() {
        var smooth = com.google.common.util.concurrent.RateLimiter.create(TEN_PER_HOUR);
        RateLimiter exact = Ours.limiter("10/hour", Algorithm.SLIDING_WINDOW, ticker);

        assertThat(smooth.tryAcquire(1000)).isTrue();
        assertThat(smooth.tryAcquire(1)).isFalse();
        assertThat(exact.tryAcquire("alice", 1000)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(exact.tryAcquire("alice", 1).allowed()).isTrue();
    }

    @Test
    void pacingIsWhatGuavaDoesAtSlowRates() {
        RateLimiter paced = RateLimiter.builder()
                .name("paced")
                .limits(Limit.parse("10/minute"))
                .algorithm(Algorithm.PACING)
                .store(MemoryStore.builder().ticker(ticker).build())
                .build();

        assertThat(paced.tryAcquire("alice").allowed()).isTrue();
        assertThat(paced.tryAcquire("alice").allowed()).isFalse();
        ticker.advance(Duration.ofSeconds(6));
        ticker.advance(Duration.ofNanos(64));
        assertThat(paced.tryAcquire("alice").allowed()).isTrue();
    }
}
