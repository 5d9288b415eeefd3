package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Complaints about keys that stayed for ever and limiters that leaked. Threads do not share it. */
class MemoryAndKeysTest {
    private static final int KEYS = 500_000;

    private final Desk desk = new Desk();

    /** 46 and 48, resilience4j#1221, bucket4j#305: half a million keys that nobody used any more were never freed, as no expiry was set. */
    @Test
    void freesKeysThatNobodyUsesAnyMoreThoughNobodySetAnExpiry() {
        ManualTicker ticker = new ManualTicker();
        MemoryStore store = MemoryStore.builder().ticker(ticker).maxKeys(2_000).build();
        RateLimiter limiter = desk.builder("10/minute").store(store).build();
        long refused = 0;

        for (int key = 0; key < KEYS; key++) {
            refused += limiter.tryAcquireNanos(key, 0, 1) == 0 ? 0 : 1;
            ticker.advance(Duration.ofMillis(60));
        }

        assertThat(refused).isZero();
        assertThat(store.statistics().keys()).isLessThanOrEqualTo(2_000);
        assertThat(store.statistics().bytes()).isLessThan(1_000_000);
    }

    /** 47, resilience4j#1683: every limiter had a thread, and limiters that were let go leaked theirs. */
    @Test
    void startsNoThreadHoweverManyLimitersAreMade() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<RateLimiter> limiters = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            limiters.add(desk.builder("10/minute").name("limiter-" + i).build());
        }
        limiters.forEach(limiter -> Desk.allowed(limiter, 20));
        desk.store.close();

        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);

        assertThat(started).isEmpty();
    }
}
