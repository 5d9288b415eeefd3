package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Usage;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Random timelines decided by the script and by {@link NaiveLog}: every decision, every wait and every expiry must
 * agree. A failure names its seed; {@code -Dheadway.seed=…} begins with it, {@code -Dheadway.seeds=fresh} draws one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlidingWindowPropertyTest {

    private static final int TIMELINES = 40;
    private static final int DECISIONS = 200;

    private RealRedis redis;
    private RedisCommands<String, String> commands;

    @BeforeAll
    void startRedis() {
        redis = RealRedis.start();
        commands = redis.commands();
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @Test
    void decidesEveryRequestOfRandomTimelinesAsTheNaiveLogDoes() {
        long first = Seeds.first();
        for (long seed = first; seed < first + TIMELINES; seed++) {
            replay(seed);
        }
    }

    private void replay(long seed) {
        commands.flushall();
        RandomTimeline timeline = new RandomTimeline(seed);
        LogShape shape = new LogShape(timeline.limits());
        NaiveLog naive = new NaiveLog(timeline.limits(), shape.tickMicros());
        ManualTicker ticker = new ManualTicker(timeline.nanos());
        Expiry expiry = new Expiry(shape, naive, timeline.limits().get(0));
        try (RedisStore store = redis.patientStore().ticker(ticker).build()) {
            RedisSpace space = store.open(new Terms("random", Algorithm.SLIDING_WINDOW, timeline.limits()));
            for (int number = 0; number < DECISIONS; number++) {
                String where = "seed " + seed + ", decision " + number + ", " + timeline.limits();
                timeline.step();
                ticker.set(timeline.nanos());
                expiry.pass(timeline.nanos());
                decideOnce(where, space, naive, timeline, expiry);
            }
        }
    }

    private void decideOnce(String where, RedisSpace space, NaiveLog naive, RandomTimeline timeline, Expiry expiry) {
        long nanos = timeline.nanos();
        int permits = timeline.drawPermits();
        if (naive.ticksAhead(nanos) > naive.windowTicks(timeline.limits().get(0))) {
            assertThat(catchThrowable(() -> space.tryAcquire("key", permits)))
                    .as(where)
                    .isNotNull()
                    .hasFieldOrPropertyWithValue("reason", StoreUnavailable.Reason.CLOCK_BEHIND);
            return;
        }
        List<Limit> tooSmall = timeline.limits().stream()
                .filter(limit -> limit.permits() < permits)
                .toList();
        List<Limit> refusing = timeline.limits().stream()
                .filter(limit -> tooSmall.isEmpty() && naive.waitNanos(limit, nanos, permits) > 0)
                .toList();
        long wait = refusing.stream()
                .mapToLong(limit -> naive.waitNanos(limit, nanos, permits))
                .max()
                .orElse(0);
        boolean allowed = naive.tryAcquire(nanos, permits);

        Decision decision = space.tryAcquire("key", permits);

        assertThat(decision.allowed()).as(where).isEqualTo(allowed);
        assertUsages(where, decision.usages(), naive, nanos);
        if (decision instanceof Decision.Refused refused) {
            assertThat(refused.refusedBy()).as(where).isEqualTo(refusing);
            assertThat(refused.retryAfterNanos()).as(where).isEqualTo(wait);
        }
        if (decision instanceof Decision.NeverPossible never) {
            assertThat(never.refusedBy()).as(where).isEqualTo(tooSmall);
        }
        assertThat(decision instanceof Decision.NeverPossible).as(where).isEqualTo(!tooSmall.isEmpty());
        if (allowed) {
            expiry.check(where, nanos);
        }
    }

    private static void assertUsages(String where, List<Usage> usages, NaiveLog naive, long nanos) {
        for (Usage usage : usages) {
            Limit limit = usage.limit();
            long remaining = limit.permits() - naive.taken(limit, nanos);
            assertThat(usage.remaining()).as(where).isEqualTo(remaining);
            assertThat(usage.nextPermitAfterNanos())
                    .as(where)
                    .isEqualTo(remaining == limit.permits() ? 0 : naive.waitNanos(limit, nanos, remaining + 1));
            assertThat(usage.resetAfterNanos()).as(where).isEqualTo(naive.waitNanos(limit, nanos, limit.permits()));
        }
    }

    /** Lets the log expire by the time of the test, as Redis would by its own, and checks that it was told to. */
    private final class Expiry {

        private static final long SLOWEST_TEST_MILLIS = 50_000;
        private static final long MICROS_PER_MILLI = 1_000;

        private final LogShape shape;
        private final NaiveLog naive;
        private final Limit longest;
        private long endMillis = Long.MAX_VALUE;

        Expiry(LogShape shape, NaiveLog naive, Limit longest) {
            this.shape = shape;
            this.naive = naive;
            this.longest = longest;
        }

        void pass(long nanos) {
            if (millis(nanos) > endMillis) {
                commands.flushall();
                naive.forget();
                endMillis = Long.MAX_VALUE;
            }
        }

        void check(String where, long nanos) {
            long ticks = naive.ticksAhead(nanos) + naive.windowTicks(longest) + 1;
            long told = -Math.floorDiv(-ticks * shape.tickMicros(), MICROS_PER_MILLI);
            long left = commands.pttl(commands.keys("*").get(0));
            assertThat(left).as(where).isBetween(told - SLOWEST_TEST_MILLIS, told);
            endMillis = millis(nanos) + told;
        }

        private long millis(long nanos) {
            return Math.floorDiv(nanos, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
