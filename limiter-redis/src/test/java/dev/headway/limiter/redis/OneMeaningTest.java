package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Usage;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A limit means the same in memory and in Redis: both stores answer random timelines with the same decisions. Their
 * ticks differ, so waits may differ by less than a millisecond, and no request falls on the very moment at which a
 * permit returns: the n-th request comes n milliseconds after a whole second, and permits return after whole seconds.
 */
final class OneMeaningTest {
    private static final int DECISIONS = 250;
    private static final long MILLISECOND = 1_000_000;

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    @Test
    void decidesInRedisAsInMemory() {
        replayAll(8, Algorithm.SLIDING_WINDOW, "5/second; 12/minute; 100/day");
    }

    @Test
    void countsInRedisAsInMemoryByTheOtherAlgorithms() {
        replayAll(2, Algorithm.FIXED_WINDOW, "5/second; 12/minute; 100/day");
        replayAll(2, Algorithm.SLIDING_WINDOW_COUNTER, "12/minute; 90/hour");
        replayAll(2, Algorithm.TOKEN_BUCKET, "12/minute; 90/hour");
        replayAll(2, Algorithm.PACING, "12/minute; 90/hour");
    }

    private static void replayAll(int timelines, Algorithm algorithm, String several) {
        for (String limits : List.of("10/minute", "1/minute", "3/minute; 20/hour", several, "150/hour")) {
            Seeds.forEach(timelines, random -> replay(random, algorithm, Limit.parseAll(limits)));
        }
    }

    private static void replay(Random random, Algorithm algorithm, List<Limit> limits) {
        ManualTicker ticker = new ManualTicker();
        long second = random.nextInt();
        ticker.set(Duration.ofSeconds(second).toNanos());
        redis.commands().flushall();
        Terms terms = new Terms("one", algorithm, limits);
        LimitSpace memory = MemoryStore.builder().ticker(ticker).build().open(terms);
        LimitSpace shared = redis.store(ticker).open(terms);
        for (int number = 0; number < DECISIONS; number++) {
            second += drawSeconds(random, limits);
            ticker.set(Duration.ofSeconds(second).plusMillis(number).toNanos());
            String key = "key" + random.nextInt(2);
            int permits = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
            assertSame(
                    "decision %d, %s %s".formatted(number, algorithm, limits),
                    memory.tryAcquire(key, permits),
                    shared.tryAcquire(key, permits));
        }
        redis.closeStores();
    }

    private static void assertSame(String where, Decision inMemory, Decision inRedis) {
        assertThat(inRedis).as(where).hasSameClassAs(inMemory);
        for (int limit = 0; limit < inMemory.usages().size(); limit++) {
            assertSame(where, inMemory.usages().get(limit), inRedis.usages().get(limit));
        }
        if (inMemory instanceof Decision.Refused one && inRedis instanceof Decision.Refused other) {
            assertThat(other.refusedBy()).as(where).isEqualTo(one.refusedBy());
            assertClose(where, one.retryAfterNanos(), other.retryAfterNanos());
        }
    }

    private static void assertSame(String where, Usage inMemory, Usage inRedis) {
        assertThat(inRedis.limit()).as(where).isEqualTo(inMemory.limit());
        assertThat(inRedis.remaining()).as(where).isEqualTo(inMemory.remaining());
        assertClose(where, inMemory.nextPermitAfterNanos(), inRedis.nextPermitAfterNanos());
        assertClose(where, inMemory.resetAfterNanos(), inRedis.resetAfterNanos());
    }

    private static void assertClose(String where, long inMemory, long inRedis) {
        assertThat(inRedis).as(where).isCloseTo(inMemory, within(MILLISECOND));
    }

    private static long drawSeconds(Random random, List<Limit> limits) {
        Limit limit = limits.get(random.nextInt(limits.size()));
        long share = limit.window().toSeconds() / limit.permits();
        return random.nextBoolean() ? 0 : random.nextLong(share * 2 + 1);
    }
}
