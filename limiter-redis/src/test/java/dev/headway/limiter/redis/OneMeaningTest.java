package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Usage;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

    @Test
    void letsCallersWaitInRedisAsInMemory() {
        for (Algorithm algorithm : List.of(Algorithm.SLIDING_WINDOW, Algorithm.TOKEN_BUCKET, Algorithm.PACING)) {
            for (String limits : List.of("10/minute", "3/minute; 20/hour")) {
                Seeds.forEach(3, random -> replay(random, algorithm, Limit.parseAll(limits), new Reserving(random)));
            }
        }
    }

    private static void replayAll(int timelines, Algorithm algorithm, String several) {
        for (String limits : List.of("10/minute", "1/minute", "3/minute; 20/hour", several, "150/hour")) {
            Seeds.forEach(timelines, random -> replay(random, algorithm, Limit.parseAll(limits), OneMeaningTest::take));
        }
    }

    private static void replay(Random random, Algorithm algorithm, List<Limit> limits, Asking asking) {
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
            asking.ask("decision %d, %s %s".formatted(number, algorithm, limits), memory, shared, key, permits);
        }
        redis.closeStores();
    }

    /** What both stores are asked, and how their answers are compared. */
    private interface Asking {
        void ask(String where, LimitSpace memory, LimitSpace shared, String key, int permits);
    }

    private static void take(String where, LimitSpace memory, LimitSpace shared, String key, int permits) {
        assertSame(where, memory.tryAcquire(key, permits), shared.tryAcquire(key, permits));
    }

    /** Reserves, tries, and gives back now and then. One thread uses it. */
    private static final class Reserving implements Asking {
        private final Random random;
        private final Deque<Decision.Allowed> inMemory = new ArrayDeque<>();
        private final Deque<Decision.Allowed> inRedis = new ArrayDeque<>();

        Reserving(Random random) {
            this.random = random;
        }

        @Override
        public void ask(String where, LimitSpace memory, LimitSpace shared, String key, int permits) {
            long patience = random.nextInt(3) * Duration.ofMinutes(2).toNanos();
            Decision one = memory.reserve(Key.of(key), permits, patience);
            Decision other = shared.reserve(Key.of(key), permits, patience);
            assertSame(where, one, other);
            if (one instanceof Decision.Allowed allowed) {
                assertClose(where, allowed.waitNanos(), ((Decision.Allowed) other).waitNanos());
                inMemory.add(allowed);
                inRedis.add((Decision.Allowed) other);
            }
            if (!inMemory.isEmpty() && random.nextInt(3) == 0) {
                boolean latest = random.nextBoolean();
                assertThat(taken(inRedis, latest).refund())
                        .as(where + ", refund")
                        .isEqualTo(taken(inMemory, latest).refund());
            }
        }

        private static Decision.Allowed taken(Deque<Decision.Allowed> given, boolean latest) {
            return latest ? given.removeLast() : given.removeFirst();
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
