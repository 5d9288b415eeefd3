package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.algorithm.Taken;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random timelines decided by the scripts and by the pure steps of the limiter: every decision, every wait, every usage and every refund
 * must agree, with weights, limits that change, keys that are reset, and clocks that stand, jump and go back.
 */
final class RulesPropertyTest {
    private static final int TIMELINES = 12;
    private static final int DECISIONS = 150;
    private static final Key KEY = Key.of("key");
    private static final long SLOWEST_TEST_NANOS = 50_000_000_000L;

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    @Test
    void countsByFixedWindowsAsThePureStepDoes() {
        replay(Algorithm.FIXED_WINDOW);
    }

    @Test
    void countsBySlidingWindowCountersAsThePureStepDoes() {
        replay(Algorithm.SLIDING_WINDOW_COUNTER);
    }

    @Test
    void countsByTokenBucketsAsThePureStepDoes() {
        replay(Algorithm.TOKEN_BUCKET);
    }

    @Test
    void pacesAsThePureStepDoes() {
        replay(Algorithm.PACING);
    }

    private static void replay(Algorithm algorithm) {
        Seeds.forEach(TIMELINES, random -> {
            redis.commands().flushall();
            new Run(algorithm, random).play();
        });
    }

    /** One timeline. One thread uses it. */
    private static final class Run {
        private final Random random;
        private final RandomTimeline timeline;
        private final RuleModel<?> model;
        private final ManualTicker ticker;
        private final LimitSpace space;
        private final List<Gift> gifts = new ArrayList<>();
        private long latestNanos;

        /** What was admitted. */
        private record Gift(Decision.Allowed allowed, List<Taken> taken, List<Limit> limits) {}

        Run(Algorithm algorithm, Random random) {
            this.random = random;
            this.timeline = new RandomTimeline(random.nextLong());
            boolean bursts = algorithm == Algorithm.TOKEN_BUCKET && random.nextBoolean();
            int burst = bursts ? 1 + random.nextInt(100) : Terms.NO_BURST;
            Terms terms = new Terms("random", algorithm, timeline.limits(), burst);
            this.model = RuleModel.of(terms, RuleRetention.tick(terms));
            this.ticker = new ManualTicker(timeline.nanos());
            this.space = redis.store(ticker).open(terms);
            this.latestNanos = timeline.nanos();
        }

        void play() {
            for (int number = 0; number < DECISIONS; number++) {
                moveOn();
                decideOnce("decision " + number + ", " + space.limits());
                switch (random.nextInt(40)) {
                    case 0 -> reset();
                    case 1, 2 -> change();
                    case 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 -> giveBack("refund after decision " + number);
                    default -> {}
                }
            }
        }

        /** Moves the clock, but not back by more than a window: that is refused as a fault, and tested elsewhere. */
        private void moveOn() {
            long before = timeline.nanos();
            timeline.step();
            long shortest = space.limits().stream()
                    .mapToLong(limit -> limit.window().toNanos())
                    .min()
                    .orElseThrow();
            if (latestNanos - timeline.nanos() > shortest / 2) {
                timeline.returnTo(before);
            }
            latestNanos = Math.max(latestNanos, timeline.nanos());
            ticker.set(timeline.nanos());
        }

        private void decideOnce(String where) {
            long nanos = timeline.nanos();
            int permits = timeline.drawPermits();
            List<Limit> tooSmall = model.tooSmallFor(permits);
            List<Limit> refusing = tooSmall.isEmpty() ? model.refusing(nanos, permits) : List.of();
            assertThat(space.peek(KEY, permits).usages()).as(where).isEqualTo(model.usages(nanos));

            Decision decision = space.tryAcquire("key", permits);

            if (!tooSmall.isEmpty()) {
                assertThat(decision).as(where).isEqualTo(new Decision.NeverPossible(model.usages(nanos), tooSmall));
            } else if (!refusing.isEmpty()) {
                Decision.Refused expected = new Decision.Refused(
                        model.usages(nanos), model.waitNanos(nanos, permits), refusing, Decision.Cause.LIMIT);
                assertThat(decision).as(where).isEqualTo(expected);
            } else {
                admit(where, (Decision.Allowed) decision, permits);
            }
        }

        private void admit(String where, Decision.Allowed allowed, int permits) {
            List<Taken> taken = model.take(timeline.nanos(), permits);
            assertThat(allowed.usages()).as(where).isEqualTo(model.usages(timeline.nanos()));
            gifts.add(new Gift(allowed, taken, space.limits()));
            long expires = redis.commands().pttl(redis.commands().keys("*").get(0)) * 1_000_000;
            if (timeline.nanos() < Long.MAX_VALUE / 4 && expires < Long.MAX_VALUE / 4) {
                assertThat(model.usages(timeline.nanos() + expires + SLOWEST_TEST_NANOS))
                        .as(where + ", when it expires")
                        .allSatisfy(usage -> assertThat(usage.resetAfterNanos()).isZero());
            }
        }

        private void giveBack(String where) {
            if (gifts.isEmpty()) {
                return;
            }
            int recent = Math.max(0, gifts.size() - 1 - random.nextInt(10));
            Gift gift = gifts.remove(recent);
            boolean given = model.giveBack(timeline.nanos(), gift.taken(), gift.limits());
            assertThat(gift.allowed().refund()).as(where).isEqualTo(given);
            assertThat(gift.allowed().refund()).as(where + ", again").isFalse();
        }

        private void reset() {
            space.reset(KEY);
            model.forget();
        }

        private void change() {
            List<Limit> limits = new ArrayList<>();
            boolean changesWindows = random.nextBoolean();
            for (Limit limit : space.limits()) {
                int multiple = changesWindows ? 1 + random.nextInt(3) : limit.multiple();
                limits.add(new Limit(1 + random.nextInt(100), multiple, limit.unit()));
            }
            space.changeLimits(limits);
            model.changeTo(limits);
        }
    }
}
