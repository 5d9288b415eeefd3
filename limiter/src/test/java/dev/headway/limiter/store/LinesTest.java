package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about the lines of those who wait: when there is one, for whom, and until when. Threads do not share it. */
class LinesTest {
    private static final Key KEY = Key.of("key");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();
    private final LimitSpace space = store.open(new Terms("one", Algorithm.SLIDING_WINDOW, Limit.parseAll("1/minute")));
    private final Lines lines = ((MemorySpace) space).keys().lines();

    @Test
    void areForThoseKeysOnlyForWhichSomebodyWaits() {
        Identity waitedFor = identity(KEY);
        Identity other = identity(Key.of("other"));
        reserve(KEY);
        assertThat(lines.isEmpty()).as("the first goes at once").isTrue();

        reserve(KEY);

        assertThat(lines.isEmpty()).isFalse();
        assertThat(lines.has(waitedFor.high(), waitedFor.low())).isTrue();
        assertThat(lines.has(other.high(), other.low())).isFalse();
        assertThat(lines.hasRoomFor(waitedFor)).isTrue();
        assertThat(lines.hasRoomFor(other)).isTrue();
    }

    @Test
    void endWhenTheLastHasLeft() {
        reserve(KEY);
        Decision.Allowed second = reserve(KEY);
        Decision.Allowed third = reserve(KEY);

        assertThat(second.refund()).isTrue();
        assertThat(lines.isEmpty()).isFalse();
        assertThat(third.refund()).isTrue();

        assertThat(lines.isEmpty()).isTrue();
    }

    @Test
    void endWhenTheTimeOfTheLastHasCome() {
        reserve(KEY);
        reserve(KEY);

        ticker.advance(Duration.ofNanos(MINUTE - 1));
        assertThat(space.peek(KEY, 1).allowed()).isFalse();
        assertThat(lines.isEmpty()).isFalse();
        ticker.advance(Duration.ofNanos(1));
        assertThat(((Decision.Refused) space.peek(KEY, 1)).retryAfterNanos()).isEqualTo(MINUTE);

        assertThat(lines.isEmpty()).isTrue();
    }

    @Test
    void endWhenTheKeyIsReset() {
        reserve(KEY);
        reserve(KEY);

        space.reset(Key.of("other"));
        assertThat(lines.isEmpty()).isFalse();
        space.reset(KEY);

        assertThat(lines.isEmpty()).isTrue();
    }

    @Test
    void areCountedRightHoweverOftenTheyComeAndGo() {
        for (int i = 0; i < 5; i++) {
            reserve(KEY);
            reserve(KEY);
            reserve(Key.of("other"));
            reserve(Key.of("other"));

            space.reset(KEY);
            space.reset(KEY);
            assertThat(lines.isEmpty()).isFalse();
            space.reset(Key.of("other"));
            assertThat(lines.isEmpty()).isTrue();
        }
    }

    /** A round tells of those lines only in which everybody's time has come, and comes to each in turn. */
    @Test
    void areDueWhenTheTimeOfTheLastHasCome() {
        reserve(KEY);
        reserve(KEY);
        ticker.advance(Duration.ofSeconds(10));
        Key later = Key.of("later");
        reserve(later);
        reserve(later);

        assertThat(lines.due(MINUTE - 1)).isEmpty();
        assertThat(lines.due(MINUTE)).containsExactly(identity(KEY));
        assertThat(lines.due(MINUTE + Duration.ofSeconds(10).toNanos()))
                .containsExactlyInAnyOrder(identity(KEY), identity(later));
    }

    /** Whoever asks for a key pays for a small part of the lines, however many there are. */
    @Test
    void areLookedThroughByTwos() {
        for (int key = 0; key < 10; key++) {
            reserve(Key.of(key, key));
            reserve(Key.of(key, key));
        }

        List<Identity> first = lines.due(MINUTE);
        List<Identity> second = lines.due(MINUTE);

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
    }

    @Test
    void tellHowTheLimitsStandForWhoComesBehind() {
        reserve(KEY);
        ticker.advance(Duration.ofSeconds(15));
        reserve(KEY);

        Decision.Refused refused = (Decision.Refused) space.tryAcquire("key", 1);

        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(105));
        assertThat(refused.cause()).isEqualTo(Decision.Cause.LIMIT);
        assertThat(refused.usages()).singleElement().satisfies(usage -> {
            assertThat(usage.remaining()).isZero();
            assertThat(usage.nextPermitAfter()).isEqualTo(Duration.ofSeconds(105));
            assertThat(usage.resetAfter()).isEqualTo(Duration.ofSeconds(105));
        });
        assertThat(space.tryAcquire("key", 2)).isInstanceOf(Decision.NeverPossible.class);
    }

    /** Where the limits have room behind the line it is the line that is in the way, of all of them; else those without room are named. */
    @Test
    void nameTheLimitsThatRefuseWhoComesBehind() {
        LimitSpace two = store.open(new Terms("two", Algorithm.SLIDING_WINDOW, Limit.parseAll("2/minute; 3/hour")));
        two.tryAcquire("key", 2);
        two.reserve(KEY, 1, 2 * MINUTE);

        assertThat(((Decision.Refused) two.tryAcquire("key", 1)).refusedBy()).isEqualTo(Limit.parseAll("3/hour"));
        LimitSpace roomy = store.open(new Terms("roomy", Algorithm.SLIDING_WINDOW, Limit.parseAll("2/minute; 9/hour")));
        roomy.tryAcquire("key", 2);
        roomy.reserve(KEY, 1, 2 * MINUTE);

        assertThat(((Decision.Refused) roomy.tryAcquire("key", 1)).refusedBy())
                .isEqualTo(Limit.parseAll("2/minute; 9/hour"));
    }

    /** What was given back by one who had gone before is there for who comes next, not for those who have their times. */
    @Test
    void seeThatTheKeyHasChanged() {
        LimitSpace two = store.open(new Terms("two", Algorithm.SLIDING_WINDOW, Limit.parseAll("2/minute")));
        Decision.Allowed gone = (Decision.Allowed) two.tryAcquire("key", 2);
        Decision.Allowed waits = (Decision.Allowed) two.reserve(KEY, 1, 2 * MINUTE);
        assertThat(waits.waitNanos()).isEqualTo(MINUTE);

        assertThat(gone.refund()).isTrue();

        Decision.Allowed next = (Decision.Allowed) two.reserve(KEY, 1, 5 * MINUTE);
        assertThat(next.waitNanos()).as("with the one before").isEqualTo(MINUTE);
        Decision.Allowed last = (Decision.Allowed) two.reserve(KEY, 1, 5 * MINUTE);
        assertThat(last.waitNanos()).isEqualTo(2 * MINUTE);
    }

    @Test
    void giveNoPlaceForLongerThanSomebodyWouldWait() {
        reserve(KEY);

        assertThat(space.reserve(KEY, 1, MINUTE - 1).allowed()).isFalse();
        assertThat(lines.isEmpty()).isTrue();
        assertThat(space.reserve(KEY, 1, MINUTE).allowed()).isTrue();
    }

    private Decision.Allowed reserve(Key key) {
        return (Decision.Allowed) space.reserve(key, 1, 1000 * MINUTE);
    }

    private Identity identity(Key key) {
        return ((MemorySpace) space).keys().hashing().of(key);
    }
}
