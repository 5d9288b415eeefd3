package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Unit;
import dev.headway.limiter.Usage;
import dev.headway.limiter.algorithm.Moment;
import dev.headway.limiter.algorithm.SlidingWindow;
import dev.headway.limiter.algorithm.StampLog;
import dev.headway.limiter.algorithm.Step;
import dev.headway.limiter.algorithm.Verdict;
import dev.headway.limiter.algorithm.Window;
import dev.headway.limiter.testing.BadClock;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The packed store answers every request just as the pure step does, whatever the limits, weights, keys and clocks. Threads do not share it. */
class PackedAgainstPureStepTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<Unit> UNITS = List.of(Unit.values());

    @Test
    void answersAsThePureStepDoes() {
        Seeds.forEach(150, random -> new Race(random, limits(random), 12).run(1500));
    }

    @Test
    void answersAsThePureStepDoesWithLongLogs() {
        Seeds.forEach(
                10,
                random -> new Race(random, List.of(new Limit(1000 + random.nextInt(3000), 5, Unit.SECOND)), 500)
                        .run(5000));
    }

    private static List<Limit> limits(Random random) {
        List<Limit> limits = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            Unit unit = UNITS.get(random.nextInt(UNITS.size()));
            limits.add(new Limit(1 + random.nextInt(60), unit == Unit.YEAR ? 1 : 1 + random.nextInt(5), unit));
        }
        return limits;
    }

    /** The store and the pure step, side by side on the same requests. For one thread. */
    private static final class Race {
        private final Random random;
        private final List<Limit> limits;
        private final int heaviest;
        private final BadClock clock;
        private final ManualTicker ticker;
        private final long origin;
        private final RateLimiter limiter;
        private final TickScale scale;
        private final List<Window> windows;
        private final Map<Long, StampLog> logs = new HashMap<>();
        private final List<Taking> takings = new ArrayList<>();

        private record Taking(long key, int permits, long stamp, Decision.Allowed allowed) {}

        Race(Random random, List<Limit> limits, int heaviest) {
            this.random = random;
            this.limits = limits;
            this.heaviest = heaviest;
            long longest = limits.stream()
                    .mapToLong(limit -> limit.window().toNanos())
                    .max()
                    .orElseThrow();
            this.clock = new BadClock(random, longest / 20);
            this.ticker = new ManualTicker(clock.now());
            this.origin = clock.now();
            this.limiter = RateLimiter.builder()
                    .name("race")
                    .limits(limits)
                    .store(Places.oneKeyPerSegment(MemoryStore.builder().ticker(ticker)))
                    .build();
            this.scale = TickScale.forWindow(Windows.longest(limits));
            this.windows = limits.stream()
                    .map(limit -> new Window(limit.permits(), scale.windowTicks(limit.window())))
                    .toList();
        }

        void run(int requests) {
            for (int i = 0; i < requests; i++) {
                ticker.set(clock.next());
                request(random.nextInt(5), 1 + random.nextInt(random.nextBoolean() ? heaviest : 1));
                if (random.nextInt(4) == 0 && !takings.isEmpty()) {
                    refund(takings.get(random.nextInt(takings.size())));
                }
            }
        }

        private void refund(Taking taking) {
            takings.remove(taking);
            StampLog log = logs.getOrDefault(taking.key(), StampLog.empty());
            long longest = windows.stream().mapToLong(Window::ticks).max().orElseThrow();
            boolean matters = scale.floor(clock.now() - origin) - taking.stamp() < longest;
            StampLog without = matters ? log.without(taking.stamp(), taking.permits()) : log;

            assertThat(taking.allowed().refund()).isEqualTo(!without.equals(log));
            assertThat(taking.allowed().refund()).isFalse();

            logs.put(taking.key(), without);
        }

        private void request(long key, int permits) {
            long nanos = clock.now() - origin;
            Moment now = scale.moment(nanos);
            StampLog log = logs.getOrDefault(key, StampLog.empty());
            Step<StampLog> step = new SlidingWindow(windows).step(log, now, permits);
            Decision decision = limiter.tryAcquire(key, ~key, permits);

            assertThat(decision.usages()).isEqualTo(usages(step.state(), now, nanos));
            if (step.verdict() instanceof Verdict.Granted granted) {
                assertThat(decision).isInstanceOf(Decision.Allowed.class);
                logs.put(key, step.state());
                takings.add(new Taking(key, permits, granted.stamp(), (Decision.Allowed) decision));
            } else if (step.verdict() instanceof Verdict.Denied denied) {
                assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                    assertThat(refused.retryAfterNanos()).isEqualTo(scale.nanosUntil(denied.waitTicks(), nanos));
                    assertThat(refused.refusedBy()).isEqualTo(refusing(log, now, permits));
                });
            } else {
                assertThat(decision).isInstanceOf(Decision.NeverPossible.class);
            }
        }

        private List<Limit> refusing(StampLog log, Moment now, int permits) {
            List<Limit> refusing = new ArrayList<>();
            for (int i = 0; i < limits.size(); i++) {
                if (SlidingWindow.waitTicks(windows.get(i), log, now, permits) > 0) {
                    refusing.add(limits.get(i));
                }
            }
            return refusing;
        }

        private List<Usage> usages(StampLog log, Moment now, long nanos) {
            List<Usage> usages = new ArrayList<>();
            for (int i = 0; i < limits.size(); i++) {
                usages.add(usage(limits.get(i), windows.get(i), log, now, nanos));
            }
            return usages;
        }

        private Usage usage(Limit limit, Window window, StampLog log, Moment now, long nanos) {
            int remaining = 0;
            while (remaining < limit.permits() && SlidingWindow.waitTicks(window, log, now, remaining + 1) == 0) {
                remaining++;
            }
            long next = remaining == limit.permits() ? 0 : SlidingWindow.waitTicks(window, log, now, remaining + 1);
            long reset = SlidingWindow.waitTicks(window, log, now, limit.permits());
            return new Usage(limit, remaining, scale.nanosUntil(next, nanos), scale.nanosUntil(reset, nanos));
        }
    }

    @Test
    void keepsEveryKeyWhileTheTableGrows() {
        ManualTicker ticker = new ManualTicker();
        RateLimiter limiter = RateLimiter.builder()
                .name("many")
                .limits(Limit.parse("2/minute"))
                .store(MemoryStore.builder().ticker(ticker).build())
                .build();
        int keys = 200_000;

        for (int key = 0; key < keys; key++) {
            ticker.set(key);
            assertThat(limiter.tryAcquire(key, 0, 2).allowed()).isTrue();
        }

        for (int key = 0; key < keys; key++) {
            Decision.Refused refused = (Decision.Refused) limiter.tryAcquire(key, 0, 1);
            assertThat(refused.retryAfterNanos()).isBetween(60 * SECOND - keys + key, 60 * SECOND - keys + key + 64);
        }
    }
}
