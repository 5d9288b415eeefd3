package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A line for what is owed means the same in Redis as the pure {@link dev.headway.limiter.algorithm.Line}: random reservations, tries,
 * questions and cancellations get the same answers under token buckets and pacing, and leave the same debts.
 */
final class OwedLinePropertyTest {
    private static final int TIMELINES = 12;
    private static final int REQUESTS = 150;
    private static final long NANOS_PER_TICK = 100_000;
    private static final List<String> LIMITS = List.of("3/minute", "5/10 second; 20/minute", "7/minute; 60/hour");
    private static final Key KEY = Key.of("key");

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    @Test
    void givesPlacesByTokenBucketsAsThePureLineDoes() {
        replay(Algorithm.TOKEN_BUCKET, Terms.NO_BURST);
    }

    @Test
    void givesPlacesByBucketsWithABurstAsThePureLineDoes() {
        replay(Algorithm.TOKEN_BUCKET, 4);
    }

    @Test
    void givesPlacesByPacingAsThePureLineDoes() {
        replay(Algorithm.PACING, Terms.NO_BURST);
    }

    private static void replay(Algorithm algorithm, int burst) {
        Seeds.forEach(TIMELINES, random -> {
            for (String limits : LIMITS) {
                redis.commands().flushall();
                new Run(new Terms("line", algorithm, Limit.parseAll(limits), burst), random).play();
                redis.closeStores();
            }
        });
    }

    /** One timeline, by whole ticks. One thread uses it. */
    private static final class Run {
        private final Random random;
        private final OwedLine line;
        private final ManualTicker ticker = new ManualTicker();
        private final LimitSpace space;
        private final List<Given> given = new ArrayList<>();
        private final long longestTicks;
        private long now;

        /** What was given, now or for later. */
        private record Given(Decision.Allowed allowed, OwedLine.Ticket ticket) {}

        Run(Terms terms, Random random) {
            this.random = random;
            this.line = OwedLine.of(terms, NANOS_PER_TICK);
            this.space = redis.store(ticker).open(terms);
            this.longestTicks = terms.limits().stream()
                    .mapToLong(limit -> limit.window().toNanos() / NANOS_PER_TICK)
                    .max()
                    .orElseThrow();
        }

        void play() {
            for (int number = 0; number < REQUESTS; number++) {
                moveOn();
                String where = "request " + number + ", " + space.limits();
                switch (random.nextInt(5)) {
                    case 0 -> giveBack(where);
                    case 1 -> ask(where, 0);
                    default -> ask(where, random.nextLong(3 * longestTicks));
                }
                look(where);
            }
        }

        private void moveOn() {
            now += random.nextInt(3) > 0 ? 0 : random.nextLong(longestTicks / 4);
            ticker.set(now * NANOS_PER_TICK);
            line.moveTo(now);
        }

        private void ask(String where, long mostWait) {
            int permits = 1 + random.nextInt(2);
            long wait = line.waitTicks(permits);

            Decision decision = mostWait == 0
                    ? space.tryAcquire("key", permits)
                    : space.reserve(KEY, permits, mostWait * NANOS_PER_TICK);

            if (wait > mostWait) {
                assertRefused(where, decision, wait);
            } else {
                assertThat(decision).as(where).isInstanceOf(Decision.Allowed.class);
                Decision.Allowed allowed = (Decision.Allowed) decision;
                assertThat(allowed.waitNanos()).as(where).isEqualTo(wait * NANOS_PER_TICK);
                given.add(new Given(allowed, line.take(permits, wait)));
            }
        }

        private void look(String where) {
            int permits = 1 + random.nextInt(3);
            long wait = line.waitTicks(permits);
            Decision decision = space.peek(KEY, permits);
            if (wait > 0) {
                assertRefused(where + ", asked afterwards", decision, wait);
            } else {
                assertThat(decision.allowed()).as(where + ", asked afterwards").isTrue();
            }
        }

        private static void assertRefused(String where, Decision decision, long wait) {
            assertThat(decision).as(where).isInstanceOf(Decision.Refused.class);
            assertThat(((Decision.Refused) decision).retryAfterNanos())
                    .as(where)
                    .isEqualTo(wait * NANOS_PER_TICK);
        }

        private void giveBack(String where) {
            if (given.isEmpty()) {
                return;
            }
            Given one = given.remove(Math.max(0, given.size() - 1 - random.nextInt(6)));
            assertThat(one.allowed().refund()).as(where).isEqualTo(line.giveBack(one.ticket()));
            assertThat(one.allowed().refund()).as(where + ", again").isFalse();
        }
    }
}
