package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Usage;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A limit means the same in memory and in Redis: both stores answer random timelines with the same decisions. Their
 * ticks differ, so waits may differ by less than a millisecond, and no request falls on the very moment at which a
 * permit returns: the n-th request comes n milliseconds after a whole second. A failure names its seed; {@code
 * -Dheadway.seed=…} begins with it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OneMeaningTest {

    private static final int TIMELINES = 10;
    private static final int DECISIONS = 300;
    private static final long MILLISECOND = 1_000_000;
    private static final List<String> LIMITS =
            List.of("10/minute", "1/minute", "3/minute; 20/hour", "5/second; 12/minute; 100/day", "150/hour");

    private RealRedis redis;

    @BeforeAll
    void startRedis() {
        redis = RealRedis.start();
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @Test
    void decidesInRedisAsInMemory() {
        long first = Seeds.first();
        for (long seed = first; seed < first + TIMELINES; seed++) {
            for (String limits : LIMITS) {
                replay(seed, Limit.parseAll(limits));
            }
        }
    }

    private void replay(long seed, List<Limit> limits) {
        Random random = new Random(seed);
        ManualTicker ticker = new ManualTicker();
        long second = random.nextInt();
        redis.commands().flushall();
        try (LimitStore memory = MemoryStore.builder().ticker(ticker).build();
                LimitStore shared = redis.patientStore().ticker(ticker).build()) {
            LimitSpace one = memory.open(new Terms("one", Algorithm.SLIDING_WINDOW, limits));
            LimitSpace other = shared.open(new Terms("one", Algorithm.SLIDING_WINDOW, limits));
            for (int number = 0; number < DECISIONS; number++) {
                second += drawSeconds(random, limits);
                ticker.set(Duration.ofSeconds(second).plusMillis(number).toNanos());
                String key = "key" + random.nextInt(2);
                int permits = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
                assertSame(
                        "seed %d, decision %d, %s".formatted(seed, number, limits),
                        one.tryAcquire(key, permits),
                        other.tryAcquire(key, permits));
            }
        }
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
