package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Claims about the very ticks and amounts at which a state begins to matter, or ceases to. Threads do not share it. */
class EdgesTest {
    private static final Window THREE_IN_SIXTY = new Window(3, 60);
    private static final List<Function<Window, Rule<?>>> ALL =
            List.of(TokenBucket::new, FixedWindow::new, SlidingWindowCounter::new, Pacing::new);

    @Test
    void onlyAKeyOfWhichNothingIsKnownIsBlank() {
        ALL.forEach(kind -> assertOnlyUntouchedIsBlank(kind.apply(THREE_IN_SIXTY)));
    }

    private static <S> void assertOnlyUntouchedIsBlank(Rule<S> rule) {
        assertThat(rule.isBlank(rule.untouched())).isTrue();
        assertThat(rule.isBlank(rule.take(rule.untouched(), Moment.at(0), 1))).isFalse();
    }

    @Test
    void aCounterThatCountsInEitherWindowIsNotBlank() {
        SlidingWindowCounter counter = new SlidingWindowCounter(THREE_IN_SIXTY);

        assertThat(counter.isBlank(new SlidingWindowCounter.Counts(60, 1, 0))).isFalse();
        assertThat(counter.isBlank(new SlidingWindowCounter.Counts(60, 0, 1))).isFalse();
        assertThat(counter.isBlank(new SlidingWindowCounter.Counts(60, 0, 0))).isTrue();
    }

    @Test
    void aCounterGivesBackAllThatItCounts() {
        SlidingWindowCounter counter = new SlidingWindowCounter(THREE_IN_SIXTY);
        SlidingWindowCounter.Counts counts = new SlidingWindowCounter.Counts(60, 2, 3);

        assertThat(counter.giveBack(counts, Moment.at(60), new Taken(3, 60, 0)))
                .isEqualTo(new SlidingWindowCounter.Counts(60, 2, 0));
        assertThat(counter.giveBack(counts, Moment.at(60), new Taken(2, 0, 0)))
                .isEqualTo(new SlidingWindowCounter.Counts(60, 0, 3));
    }

    @Test
    void aFixedWindowGivesBackUntilItEndsAndNotThen() {
        FixedWindow fixed = new FixedWindow(THREE_IN_SIXTY);
        FixedWindow.Count count = new FixedWindow.Count(10, 3);
        Taken one = new Taken(1, 10, 0);

        assertThat(fixed.giveBack(count, Moment.at(69), one)).isEqualTo(new FixedWindow.Count(10, 2));
        assertThat(fixed.giveBack(count, Moment.at(70), one)).isSameAs(count);
    }

    @Test
    void anExactWindowGivesBackUntilThePermitIsAsOldAsItAndNotThen() {
        SlidingWindow exact = new SlidingWindow(List.of(THREE_IN_SIXTY, new Window(5, 30)));
        StampLog log = StampLog.of(10, 10, 40);
        List<Taken> one = List.of(new Taken(1, 10, 0));

        assertThat(exact.giveBack(log, Moment.at(69), one)).isEqualTo(StampLog.of(10, 40));
        assertThat(exact.giveBack(log, Moment.at(70), one)).isSameAs(log);
    }

    /** Three permits before it and two behind: when three and a half are paid, half of it is left, and its own age says nothing. */
    @Test
    void aDebtGivesBackTheHalfThatIsLeftBetweenOthers() {
        TokenBucket bucket = new TokenBucket(new Window(6, 60));
        Debt before = bucket.take(Debt.NONE, Moment.at(0), 3);
        Debt after = bucket.take(before, Moment.at(0), 1);
        Debt all = bucket.take(after, Moment.at(0), 2);

        Debt left = bucket.giveBack(all, Moment.at(35), bucket.taken(after, 1));

        assertThat(left.at(35, new Window(6, 60))).isEqualTo(2 * 60);
    }

    /** So many serial numbers later that their number times the window is a multiple of 2⁶⁴: no arithmetic may take that for none. */
    @Test
    void aDebtGivesNothingBackToAnotherLifeOfTheKey() {
        Window window = new Window(2, 1L << 33);
        Debt debt = new Debt(0, 2 * window.ticks(), 0);
        Taken stranger = new Taken(1, 0, Integer.MIN_VALUE);

        assertThat(new TokenBucket(window).giveBack(debt, Moment.at(window.ticks() - (1 << 19)), stranger))
                .isSameAs(debt);
    }

    @Test
    void carriesPermitsToAnotherWindowAndRoundsUpWhatIsNoWholePermit() {
        Debt debt = new Debt(5, 2 * 60 + 1, 7);

        Debt carried = new Pacing(new Window(3, 100)).carriedOver(debt, THREE_IN_SIXTY, 9);

        assertThat(carried).isEqualTo(new Debt(9, 2 * 100 + 2, 7));
    }

    @Test
    void severalLimitsForgetAKeyOnceNothingIsLeftUnderAnyOfThem() {
        Together<SlidingWindowCounter.Counts> both = new Together<>(
                List.of(new SlidingWindowCounter(THREE_IN_SIXTY), new SlidingWindowCounter(new Window(5, 90))));
        List<SlidingWindowCounter.Counts> after = both.take(both.untouched(), Moment.at(7), 2);

        assertThat(both.giveBack(after, Moment.at(8), both.taken(after, 2))).isEqualTo(both.untouched());
    }

    @Test
    void cancellingWhatIsNotInTheLineChangesNothing() {
        Line<Debt> line = new Line<>(Debt.NONE, List.of(new Booking(10, 1)));

        assertThat(line.cancel(new Booking(10, 2))).isSameAs(line);
    }

    @Test
    void equalLogsHashAlikeAndPrintTheirStamps() {
        StampLog log = StampLog.of(1, 2);

        assertThat(log).isEqualTo(StampLog.empty().with(1, 1).with(2, 1)).hasToString("[1, 2]");
        assertThat(log).hasSameHashCodeAs(StampLog.of(1, 2)).isNotEqualTo(StampLog.of(1, 3));
        assertThat(log.hashCode()).isNotZero();
    }
}
