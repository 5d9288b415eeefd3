package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Usage;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    private static final Key KEY = Key.of("key");

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
        Tick tick = Tick.of(timeline.limits());
        NaiveLog naive = new NaiveLog(timeline.limits(), tick.micros());
        ManualTicker ticker = new ManualTicker(timeline.nanos());
        Expiry expiry = new Expiry(tick, naive, timeline.limits().get(0));
        try (RedisStore store = redis.patientStore().ticker(ticker).build()) {
            LimitSpace space = store.open(new Terms("random", Algorithm.SLIDING_WINDOW, timeline.limits()));
            Refunds refunds = new Refunds(naive, new Random(seed));
            for (int number = 0; number < DECISIONS; number++) {
                String where = "seed " + seed + ", decision " + number + ", " + timeline.limits();
                timeline.step();
                ticker.set(timeline.nanos());
                expiry.pass(timeline.nanos());
                decideOnce(where, space, naive, timeline, expiry, refunds);
                refunds.giveBackSome(where, timeline.nanos());
            }
        }
    }

    private void decideOnce(
            String where, LimitSpace space, NaiveLog naive, RandomTimeline timeline, Expiry expiry, Refunds refunds) {
        long nanos = timeline.nanos();
        int permits = timeline.drawPermits();
        if (naive.isClockBehind(nanos)) {
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
        Decision peeked = space.peek(KEY, permits);
        assertUsages(where, peeked.usages(), naive, nanos);
        boolean allowed = naive.tryAcquire(nanos, permits);

        Decision decision = space.tryAcquire("key", permits);

        assertThat(peeked.allowed()).as(where).isEqualTo(allowed);
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
            refunds.note((Decision.Allowed) decision, permits);
        } else {
            assertThat(peeked).as(where).isEqualTo(decision);
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

    /** What was admitted, of which some is given back: new and old, and what has left the window by itself. */
    private static final class Refunds {

        private final NaiveLog naive;
        private final Random random;
        private final List<Taken> taken = new ArrayList<>();

        private record Taken(Decision.Allowed allowed, long stamp, int permits) {}

        Refunds(NaiveLog naive, Random random) {
            this.naive = naive;
            this.random = random;
        }

        void note(Decision.Allowed allowed, int permits) {
            taken.add(new Taken(allowed, naive.newest(), permits));
        }

        void giveBackSome(String where, long nanos) {
            if (taken.isEmpty() || random.nextInt(3) > 0 || naive.isClockBehind(nanos)) {
                return;
            }
            int recent = Math.max(0, taken.size() - 1 - random.nextInt(20));
            Taken one = taken.remove(recent);
            boolean given = naive.refund(one.stamp(), one.permits(), nanos);
            assertThat(one.allowed().refund()).as(where + ", refund").isEqualTo(given);
            assertThat(one.allowed().refund()).as(where + ", second refund").isFalse();
        }
    }

    /** Lets the log expire by the time of the test, as Redis would by its own, and checks that it was told to. */
    private final class Expiry {

        private static final long SLOWEST_TEST_MILLIS = 50_000;
        private static final long MICROS_PER_MILLI = 1_000;

        private final Tick tick;
        private final NaiveLog naive;
        private final Limit longest;
        private long endMillis = Long.MAX_VALUE;

        Expiry(Tick tick, NaiveLog naive, Limit longest) {
            this.tick = tick;
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
            long told = -Math.floorDiv(-ticks * tick.micros(), MICROS_PER_MILLI);
            long left = commands.pttl(commands.keys("*").get(0));
            assertThat(left).as(where).isBetween(told - SLOWEST_TEST_MILLIS, told);
            endMillis = millis(nanos) + told;
        }

        private long millis(long nanos) {
            return Math.floorDiv(nanos, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
