package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Unit;
import dev.headway.limiter.Usage;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What happens to running windows when limits change: nothing that was taken is forgotten, and what is allowed anew can be had at
 * once. Threads do not share it.
 */
class ChangingLimitsTest {
    private static final long TWO_OF_THE_LONGEST_TICKS =
            2L << TickScale.forWindow(Duration.ofHours(5)).shift();

    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder()
            .ticker(ticker)
            .table(Places.FIXED, new TableShape(1, 4))
            .build();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PACING") // which saves nothing up
    void loweringForgetsNothing(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "10/minute");
        take(space, 8);

        space.changeLimits(Limit.parseAll("5/minute"));

        assertThat(space.limits()).isEqualTo(Limit.parseAll("5/minute"));
        assertThat(space.tryAcquireNanos("key", 1)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN_BUCKET", "SLIDING_WINDOW", "SLIDING_WINDOW_COUNTER", "FIXED_WINDOW"})
    void whatAFasterLimitHasPaidIsNotGivenBack(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "10/minute");
        Decision early = space.tryAcquire("key", 10);
        space.changeLimits(Limit.parseAll("100/minute"));
        ticker.advance(Duration.ofSeconds(6));
        while (space.tryAcquireNanos("key", 1) == 0) {}

        boolean givenBack = ((Decision.Allowed) early).refund();

        int fitNow = 0;
        while (space.tryAcquireNanos("key", 1) == 0) {
            fitNow++;
        }
        assertThat(fitNow).isEqualTo(givenBack ? 10 : 0).isEqualTo(algorithm == Algorithm.TOKEN_BUCKET ? 0 : 10);
    }

    @Test
    void whatAFasterViewHasPaidIsNotGivenBack() {
        LimitSpace slow = open(Algorithm.TOKEN_BUCKET, "10/minute");
        LimitSpace fast = slow.withLimits(Limit.parseAll("100/minute"));
        Decision early = slow.tryAcquire("key", 10);
        ticker.advance(Duration.ofSeconds(6));
        assertThat(fast.tryAcquireNanos("key", 100)).isZero();

        assertThat(((Decision.Allowed) early).refund()).isFalse();

        assertThat(fast.tryAcquireNanos("key", 1)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PACING") // which saves nothing up
    void raisingHoldsAtOnce(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "5/minute");
        take(space, 5);
        assertThat(space.tryAcquireNanos("key", 1)).isPositive();

        space.changeLimits(Limit.parseAll("9/minute"));

        take(space, 4);
        assertThat(space.tryAcquireNanos("key", 1)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PACING") // which saves nothing up
    void loweringAndRaisingAgainGivesNoAmnesty(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "10/minute");
        take(space, 10);

        space.changeLimits(Limit.parseAll("2/minute"));
        assertThat(space.tryAcquireNanos("key", 1)).isPositive();
        space.changeLimits(Limit.parseAll("10/minute"));

        assertThat(space.tryAcquireNanos("key", 1)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PACING") // which saves nothing up
    void aShorterWindowThatIsMadeLongAgainHasForgottenNothing(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "10/hour");
        take(space, 10);

        space.changeLimits(Limit.parseAll("10/minute"));
        assertThat(space.tryAcquireNanos("key", 1)).isPositive();
        space.changeLimits(Limit.parseAll("10/hour"));

        assertThat(space.tryAcquireNanos("key", 10))
                .isGreaterThan(Duration.ofMinutes(59).toNanos());
    }

    /** Two counts and the windows change: each new one goes on from the old one whose window is nearest. */
    @Test
    void carriesEachCountOverToTheNearestWindow() {
        LimitSpace space = open(Algorithm.FIXED_WINDOW, "3/second; 8/hour");
        for (int second = 0; second < 2; second++) {
            take(space, 3);
            ticker.advance(Duration.ofMillis(1001));
        }

        space.changeLimits(Limit.parseAll("9/day; 3/2 second"));

        assertThat(space.peek(Key.of("key"), 1).usages())
                .extracting(Usage::remaining)
                .containsExactly(3L, 0L);
        ticker.advance(Duration.ofMillis(1001));
        take(space, 3);
        assertThat(space.tryAcquireNanos("key", 1))
                .isGreaterThan(Duration.ofHours(23).toNanos());
    }

    /** The exact window knows more than the others: also what was taken under the shorter window in between. */
    @Test
    void theExactWindowRemembersForTheLongestWindowThatEverWas() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "10/hour");
        take(space, 4);
        space.changeLimits(Limit.parseAll("5/minute"));
        ticker.advance(Duration.ofMinutes(10));
        take(space, 5);
        ticker.advance(Duration.ofMinutes(10));
        assertThat(space.peek(Key.of("key"), 5).allowed()).isTrue();

        space.changeLimits(Limit.parseAll("10/hour"));

        take(space, 1);
        assertThat(space.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofMinutes(40).toNanos());
    }

    @Test
    void aLimitThatIsLargerThanAllBeforeFindsRoomForItsPermits() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "3/second");
        take(space, 3);

        space.changeLimits(Limit.parseAll("3/second; 500/day"));
        for (int second = 1; second <= 165; second++) {
            ticker.advance(Duration.ofMillis(1001));
            take(space, 3);
        }

        ticker.advance(Duration.ofMillis(1001));
        take(space, 2);
        assertThat(space.tryAcquireNanos("key", 1))
                .isGreaterThan(Duration.ofHours(23).toNanos());
    }

    @Test
    void refundsWhatWasTakenBeforeTheWindowBecameLonger() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "2/minute");
        ticker.advance(Duration.ofSeconds(7));
        var taken = (dev.headway.limiter.Decision.Allowed) space.tryAcquire("key", 2);

        space.changeLimits(Limit.parseAll("2/day"));

        assertThat(space.tryAcquireNanos("key", 1)).isPositive();
        assertThat(taken.refund()).isTrue();
        take(space, 2);
    }

    /** Views: a free and a paying tier of the same user. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PACING") // which saves nothing up
    void viewsShareWhatIsTaken(Algorithm algorithm) {
        LimitSpace free = open(algorithm, "5/minute");
        LimitSpace paying = free.withLimits(Limit.parseAll("20/minute"));

        take(free, 5);
        assertThat(free.tryAcquireNanos("key", 1)).isPositive();
        take(paying, 15);
        assertThat(paying.tryAcquireNanos("key", 1)).isPositive();
        assertThat(free.limits()).isEqualTo(Limit.parseAll("5/minute"));
    }

    @Test
    void viewsOfTheExactWindowMayHaveAnyWindows() {
        LimitSpace minutes = open(Algorithm.SLIDING_WINDOW, "5/minute");
        take(minutes, 5);
        LimitSpace hours = minutes.withLimits(Limit.parseAll("7/hour; 6/minute"));

        assertThat(minutes.tryAcquireNanos("key", 1)).isPositive();
        take(hours, 1);
        assertThat(hours.tryAcquireNanos("key", 1)).isPositive();
        ticker.advance(Duration.ofMinutes(1));
        take(minutes, 5);
        assertThat(hours.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofMinutes(59).toNanos());
    }

    @Test
    void otherAlgorithmsKeepWindowsOfOneLengthForAllViews() {
        LimitSpace space = open(Algorithm.FIXED_WINDOW, "5/minute");

        assertThatThrownBy(() -> space.withLimits(Limit.parseAll("5/hour")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "limits [5/hour] on the same keys as [5/minute]; by this algorithm, windows of the same lengths "
                                + "are accepted (sliding-window takes any)");
        LimitSpace view = space.withLimits(Limit.parseAll("6/minute"));
        assertThatThrownBy(() -> space.changeLimits(Limit.parseAll("5/hour")))
                .isInstanceOf(IllegalArgumentException.class);
        take(view, 6);
    }

    @Test
    void saysWhenANewLimitIsTooLargeAndKeepsTheOld() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "5/minute");

        assertThatThrownBy(() -> space.changeLimits(Limit.parseAll("70000/day")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sliding-window-counter");
        assertThat(space.limits()).isEqualTo(Limit.parseAll("5/minute"));
        take(space, 5);
    }

    /** The exact window against a witness that remembers everything, when the longest window and the most permits came first. */
    @Test
    void agreesWithAWitnessThroughRandomChanges() {
        Seeds.forEach(200, random -> {
            ManualTicker clock = new ManualTicker();
            LimitSpace space = MemoryStore.builder()
                    .ticker(clock)
                    .table(Places.FIXED, new TableShape(1, 4))
                    .build()
                    .open(new Terms("changing", Algorithm.SLIDING_WINDOW, List.of(new Limit(9, 5, Unit.HOUR))));
            List<Witness> witnesses = List.of(new Witness(), new Witness(), new Witness());
            for (int i = 0; i < 400; i++) {
                clock.advance(Duration.ofSeconds(random.nextInt(random.nextInt(50) == 0 ? 4000 : 20)));
                if (random.nextInt(15) == 0) {
                    space.changeLimits(limits(random));
                }
                int key = random.nextInt(witnesses.size());
                int permits = 1 + random.nextInt(4);
                long expected = witnesses.get(key).waitNanos(space.limits(), clock.nanos(), permits);

                long wait = space.tryAcquireNanos(key, key, permits);

                assertThat(wait)
                        .isBetween(
                                expected, expected == Long.MAX_VALUE ? expected : expected + TWO_OF_THE_LONGEST_TICKS);
                if (wait == 0) {
                    witnesses.get(key).take(clock.nanos(), permits);
                }
            }
        });
    }

    /** Limits that look back no further than 9 permits and 5 hours. */
    private static List<Limit> limits(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> List.of(new Limit(6 + random.nextInt(4), 1 + random.nextInt(5), Unit.MINUTE));
            case 1 -> List.of(new Limit(2 + random.nextInt(8), 10 + random.nextInt(50), Unit.SECOND));
            case 2 -> List.of(new Limit(9, 1 + random.nextInt(5), Unit.HOUR), Limit.of(4, Unit.MINUTE));
            default -> List.of(Limit.of(9, Unit.HOUR));
        };
    }

    /** All permits that one key ever took, in nanoseconds. For one thread. */
    private static final class Witness {
        private final List<Long> taken = new ArrayList<>();

        long waitNanos(List<Limit> limits, long now, int permits) {
            long wait = 0;
            for (Limit limit : limits) {
                if (permits > limit.permits()) {
                    return Long.MAX_VALUE;
                }
                int inTheWay = taken.size() - 1 - (limit.permits() - permits);
                if (inTheWay >= 0) {
                    wait = Math.max(wait, limit.window().toNanos() - (now - taken.get(inTheWay)));
                }
            }
            return wait;
        }

        void take(long now, int permits) {
            for (int i = 0; i < permits; i++) {
                taken.add(now);
            }
        }
    }

    private LimitSpace open(Algorithm algorithm, String limits) {
        return store.open(new Terms("changing", algorithm, Limit.parseAll(limits)));
    }

    private static void take(LimitSpace space, int permits) {
        for (int i = 0; i < permits; i++) {
            assertThat(space.tryAcquireNanos("key", 1))
                    .as("permit %d of %d", i + 1, permits)
                    .isZero();
        }
    }
}
