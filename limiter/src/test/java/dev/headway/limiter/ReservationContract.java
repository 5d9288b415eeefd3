package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store does that lets callers wait; a store is tested by a subclass that makes one. Threads do not share it. */
public abstract class ReservationContract {
    private static final Key KEY = Key.of("key");
    private static final long LONG = Duration.ofDays(1).toNanos();

    private final ManualTicker ticker = new ManualTicker();
    private LimitStore store;

    /** Makes an empty store that runs by the ticker. */
    protected abstract LimitStore store(ManualTicker ticker);

    @BeforeEach
    void makeStore() {
        store = store(ticker);
    }

    @Test
    void tellsEachItsTimeAndThoseBehindWhatIsLeft() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "2/minute");

        assertThat(waitSeconds(space.reserve(KEY, 2, LONG))).isZero();
        ticker.advance(Duration.ofSeconds(10));
        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(50);
        Decision third = space.reserve(KEY, 1, LONG);
        assertThat(waitSeconds(third)).isEqualTo(50);
        assertThat(third.usages()).containsExactly(usage("2/minute", 0, 110, 110));
        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(110);
    }

    @Test
    void refusesTriesWhileOthersWaitAndTellsThemWhenTheirTurnIs() {
        LimitSpace space = open(Algorithm.TOKEN_BUCKET, "3/minute");
        space.tryAcquire("key", 3);
        space.reserve(KEY, 3, LONG);
        ticker.advance(Duration.ofSeconds(20));

        assertThat(space.tryAcquire("key", 1)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(60));
            assertThat(refused.refusedBy()).containsExactly(Limit.of(3, Unit.MINUTE));
            assertThat(refused.usages()).containsExactly(usage("3/minute", 0, 60, 100));
        });
        assertThat(space.peek(KEY, 1)).isEqualTo(space.tryAcquire("key", 1));
        assertThat(space.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofSeconds(60).toNanos());
        assertThat(space.tryAcquire("key", 4)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(space.tryAcquire("other", 3).allowed()).isTrue();
    }

    @Test
    void takesNoPlaceForWhoCannotMakeIt() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);

        Decision refused = space.reserve(KEY, 1, Duration.ofSeconds(59).toNanos());

        assertThat(((Decision.Refused) refused).retryAfter()).isEqualTo(Duration.ofMinutes(1));
        ticker.advance(Duration.ofMinutes(1));
        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"SLIDING_WINDOW", "TOKEN_BUCKET", "PACING"})
    void leavesNoDebtOfThoseWhoGaveUp(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "2/minute; 30/hour");
        space.tryAcquire("key", 2);
        List<Usage> before = space.peek(KEY, 1).usages();
        List<Decision.Allowed> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add((Decision.Allowed) space.reserve(KEY, 1 + i % 2, LONG));
        }

        Collections.shuffle(waiting, new Random(1));
        assertThat(waiting).allMatch(Decision.Allowed::refund);

        assertThat(waiting).noneMatch(Decision.Allowed::refund);
        assertThat(space.peek(KEY, 1).usages()).isEqualTo(before);
    }

    @Test
    void givesAPermitBackAfterItsTimeHasComeAsAnyOther() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        Decision.Allowed reserved = (Decision.Allowed) space.reserve(KEY, 1, LONG);
        ticker.advance(Duration.ofSeconds(70));
        assertThat(((Decision.Refused) space.tryAcquire("key", 1)).retryAfter()).isEqualTo(Duration.ofSeconds(50));

        assertThat(reserved.refund()).isTrue();

        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
    }

    @Test
    void givesNothingBackLongAfter() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        Decision.Allowed reserved = (Decision.Allowed) space.reserve(KEY, 1, LONG);
        ticker.advance(Duration.ofMinutes(2));

        assertThat(reserved.refund()).isFalse();
    }

    @Test
    void forgetsThoseWhoWaitWhenTheKeyIsReset() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        Decision.Allowed reserved = (Decision.Allowed) space.reserve(KEY, 1, LONG);

        space.reset(KEY);

        assertThat(reserved.refund()).isFalse();
        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
    }

    @Test
    void showsThoseWhoWaitInTheSnapshot() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        ticker.advance(Duration.ofSeconds(10));
        space.reserve(KEY, 1, LONG);

        assertThat(space.snapshot(KEY).permitAges()).containsExactly(Duration.ofSeconds(-50), Duration.ofSeconds(10));
        assertThat(space.snapshot(KEY).usages()).containsExactly(usage("1/minute", 0, 110, 110));
        ticker.advance(Duration.ofSeconds(55));
        assertThat(space.snapshot(KEY).permitAges()).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void keepsThePromisedTimesWhenTheLimitIsChanged() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        space.reserve(KEY, 1, LONG);

        space.changeLimits(Limit.parseAll("1/hour"));

        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(3660);
        ticker.advance(Duration.ofSeconds(60));
        assertThat(((Decision.Refused) space.tryAcquire("key", 1)).retryAfter()).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"FIXED_WINDOW", "SLIDING_WINDOW_COUNTER"})
    void saysWhichAlgorithmsKeepAPlaceInTheFuture(Algorithm algorithm) {
        assertThatThrownBy(() -> open(algorithm, "1/minute").reserve(KEY, 1, LONG))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("algorithm " + algorithm
                        + " keeps no place in the future; sliding-window, token-bucket and pacing do");
    }

    /** A bucket of three whose tokens flow back one each 20 seconds: in the line each is told the next of these times. */
    @Test
    void givesTheNextTokensToThoseWhoWait() {
        LimitSpace space = open(Algorithm.TOKEN_BUCKET, "3/minute");
        space.tryAcquire("key", 3);
        ticker.advance(Duration.ofSeconds(10));

        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(10);
        assertThat(waitSeconds(space.reserve(KEY, 2, LONG))).isEqualTo(50);
        assertThat(waitSeconds(space.reserve(KEY, 3, LONG))).isEqualTo(110);
        ticker.advance(Duration.ofSeconds(110));
        assertThat(((Decision.Refused) space.tryAcquire("key", 1)).retryAfter()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void letsThoseWhoWaitGoAtAnEvenPace() {
        LimitSpace space = open(Algorithm.PACING, "6/minute; 100/hour");
        space.tryAcquire("key", 1);

        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(36);
        assertThat(waitSeconds(space.reserve(KEY, 2, LONG))).isEqualTo(72);
        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(144);
        ticker.advance(Duration.ofSeconds(144).plusSeconds(36));
        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
    }

    @Test
    void givesBackWhatWasTakenBeforeWhileOthersKeepTheirTimes() {
        LimitSpace space = open(Algorithm.TOKEN_BUCKET, "2/minute");
        Decision.Allowed taken = (Decision.Allowed) space.tryAcquire("key", 2);
        space.reserve(KEY, 1, LONG);
        Decision.Allowed last = (Decision.Allowed) space.reserve(KEY, 1, LONG);

        assertThat(taken.refund()).isTrue();

        assertThat(((Decision.Refused) space.peek(KEY, 1)).retryAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(last.refund()).isTrue();
        assertThat(((Decision.Refused) space.peek(KEY, 2)).retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @EnumSource(names = {"SLIDING_WINDOW", "TOKEN_BUCKET"})
    void namesTheLimitsThatHaveNoRoomBehindTheLine(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "1/minute; 9/100 second");
        space.tryAcquire("key", 1);
        space.reserve(KEY, 1, LONG);

        assertThat(space.tryAcquire("key", 1)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.refusedBy()).containsExactly(Limit.parse("1/minute"));
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(2));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"SLIDING_WINDOW", "TOKEN_BUCKET"})
    void namesAllLimitsWhenOnlyTheLineIsInTheWay(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "2/second; 9/minute");
        space.reserve(KEY, 1, Duration.ofSeconds(30).toNanos(), LONG);

        assertThat(space.tryAcquire("key", 1)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.refusedBy()).isEqualTo(space.limits());
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"SLIDING_WINDOW", "TOKEN_BUCKET", "PACING"})
    void givesAPlaceNoSoonerThanItIsAskedTo(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "2/minute");
        long ninety = Duration.ofSeconds(90).toNanos();
        space.tryAcquire("key", 1);

        Decision.Allowed later = (Decision.Allowed) space.reserve(KEY, 1, ninety, LONG);

        assertThat(later.waitNanos()).isEqualTo(ninety);
        assertThat(space.reserve(KEY, 1, ninety, ninety - 1).allowed()).isFalse();
        assertThat(space.reserve(KEY, 3, ninety, LONG)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(space.tryAcquire("key", 1).allowed()).isFalse();
        assertThat(later.refund()).isTrue();
        assertThat(waitSeconds(space.reserve(KEY, 2, ninety, LONG))).isEqualTo(90);
    }

    @ParameterizedTest
    @EnumSource(names = {"SLIDING_WINDOW", "TOKEN_BUCKET", "PACING"})
    void letsThoseGoWhoseTimeHasComeAndOthersWaitOn(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "1/minute");
        space.tryAcquire("key", 1);
        Decision.Allowed first = (Decision.Allowed) space.reserve(KEY, 1, LONG);
        Decision.Allowed second = (Decision.Allowed) space.reserve(KEY, 1, LONG);
        ticker.advance(Duration.ofSeconds(70));

        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(110);
        assertThat(first.refund()).as("%s, after its time", algorithm).isTrue();
        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(170);
        assertThat(second.refund()).as("%s, before its time", algorithm).isTrue();
        assertThat(second.refund()).as("again").isFalse();
    }

    private LimitSpace open(Algorithm algorithm, String limits) {
        return store.open(new Terms("one", algorithm, Limit.parseAll(limits)));
    }

    private static long waitSeconds(Decision decision) {
        return ((Decision.Allowed) decision).waitTime().toSeconds();
    }

    private static Usage usage(String limit, int remaining, int next, int reset) {
        return new Usage(
                Limit.parse(limit),
                remaining,
                Duration.ofSeconds(next).toNanos(),
                Duration.ofSeconds(reset).toNanos());
    }
}
