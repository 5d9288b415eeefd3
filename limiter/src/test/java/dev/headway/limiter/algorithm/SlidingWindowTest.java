package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.BadClock;
import dev.headway.limiter.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Claims about the pure step of the exact sliding window. Threads do not share it. */
class SlidingWindowTest {
    private static final List<Window> THREE_IN_SIXTY = List.of(new Window(3, 60));

    @Test
    void decidesTheExampleOfTheEssay() {
        StampLog log = StampLog.of(10, 20, 50);

        assertThat(step(log, 65, 1)).isEqualTo(new Step<>(log, new Verdict.Denied(5)));
        assertThat(step(log, 65, 2)).isEqualTo(new Step<>(log, new Verdict.Denied(15)));
        assertThat(step(log, 70, 1)).isEqualTo(new Step<>(StampLog.of(20, 50, 70), new Verdict.Granted(70)));
    }

    @Test
    void neverFitsWhatIsLargerThanALimit() {
        assertThat(step(StampLog.empty(), 0, 4)).isEqualTo(new Step<>(StampLog.empty(), new Verdict.Impossible()));
    }

    @Test
    void datesPermitsByTheCeilingAndJudgesAgesByTheFloor() {
        StampLog log = new SlidingWindow(THREE_IN_SIXTY)
                .step(StampLog.empty(), new Moment(0, 1), 3)
                .state();

        assertThat(log).isEqualTo(StampLog.of(1, 1, 1));
        assertThat(new SlidingWindow(THREE_IN_SIXTY)
                        .step(log, new Moment(60, 61), 1)
                        .verdict())
                .isEqualTo(new Verdict.Denied(1));
        assertThat(new SlidingWindow(THREE_IN_SIXTY)
                        .step(log, new Moment(61, 62), 1)
                        .verdict())
                .isEqualTo(new Verdict.Granted(62));
    }

    @Test
    void keepsTheLogSortedWhenTheClockRunsBackwards() {
        StampLog log = step(StampLog.of(50), 40, 1).state();

        assertThat(log).isEqualTo(StampLog.of(50, 50));
        assertThat(step(log, 109, 3).verdict()).isEqualTo(new Verdict.Denied(1));
    }

    @Test
    void remembersLivePermitsWhenALimitShrinksAndGrowsAgain() {
        StampLog full = step(StampLog.empty(), 0, 3).state();

        Step<StampLog> shrunk = new SlidingWindow(List.of(new Window(1, 60))).step(full, Moment.at(30), 1);

        assertThat(shrunk.verdict()).isEqualTo(new Verdict.Denied(30));
        assertThat(step(shrunk.state(), 30, 1).verdict()).isEqualTo(new Verdict.Denied(30));
    }

    @Test
    void takesFromAllWindowsOrFromNone() {
        List<Window> windows = List.of(new Window(2, 10), new Window(3, 100));
        StampLog log = StampLog.of(0, 0);

        assertThat(new SlidingWindow(windows).step(log, Moment.at(5), 1).verdict())
                .isEqualTo(new Verdict.Denied(5));
        assertThat(new SlidingWindow(windows).step(log, Moment.at(10), 1).state())
                .isEqualTo(StampLog.of(0, 0, 10));
        assertThat(new SlidingWindow(windows).step(log, Moment.at(10), 2))
                .isEqualTo(new Step<>(log, new Verdict.Denied(90)));
    }

    /** The line that the whole promise rests on: s[k] - s[k-N] ≥ W, for all limits, weights and clocks. */
    @Test
    void neverLetsNPlusOnePermitsLieWithinAWindow() {
        Seeds.forEach(300, random -> {
            List<Window> windows = windows(random);
            BadClock clock = new BadClock(random, 10);
            List<Long> taken = new ArrayList<>();
            StampLog log = StampLog.empty();
            for (int i = 0; i < 200; i++) {
                int permits = 1 + random.nextInt(3);
                Step<StampLog> step = new SlidingWindow(windows).step(log, Moment.at(clock.next()), permits);
                if (step.verdict() instanceof Verdict.Granted granted) {
                    taken.addAll(Collections.nCopies(permits, granted.stamp()));
                } else {
                    assertThat(step.state()).isSameAs(log);
                }
                log = step.state();
            }
            windows.forEach(window -> assertNeverExceeded(window, taken));
        });
    }

    /** The wait is exact: a tick earlier the same request is refused still, and then it fits. */
    @Test
    void tellsTheFirstTickAtWhichTheRequestFits() {
        Seeds.forEach(300, random -> {
            List<Window> windows = windows(random);
            BadClock clock = new BadClock(random, 10);
            StampLog log = StampLog.empty();
            for (int i = 0; i < 100; i++) {
                long now = clock.next();
                int permits = 1 + random.nextInt(3);
                Step<StampLog> step = new SlidingWindow(windows).step(log, Moment.at(now), permits);
                if (step.verdict() instanceof Verdict.Denied denied) {
                    long then = now + denied.waitTicks();
                    assertThat(new SlidingWindow(windows)
                                    .step(log, Moment.at(then - 1), permits)
                                    .verdict())
                            .isEqualTo(new Verdict.Denied(1));
                    assertThat(new SlidingWindow(windows)
                                    .step(log, Moment.at(then), permits)
                                    .verdict())
                            .isInstanceOf(Verdict.Granted.class);
                }
                log = step.state();
            }
        });
    }

    private static void assertNeverExceeded(Window window, List<Long> stamps) {
        for (int k = window.permits(); k < stamps.size(); k++) {
            assertThat(stamps.get(k) - stamps.get(k - window.permits()))
                    .as("permit %d under %s", k, window)
                    .isGreaterThanOrEqualTo(window.ticks());
        }
    }

    private static List<Window> windows(Random random) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            windows.add(new Window(1 + random.nextInt(12), 1 + random.nextInt(100)));
        }
        return windows;
    }

    private static Step<StampLog> step(StampLog log, long now, int permits) {
        return new SlidingWindow(THREE_IN_SIXTY).step(log, Moment.at(now), permits);
    }
}
