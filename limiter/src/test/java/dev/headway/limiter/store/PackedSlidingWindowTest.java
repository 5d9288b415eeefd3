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
import org.junit.jupiter.api.Test;

/** Claims about the exact window on records that grow, at the moments that matter. A minute has ticks of 32 ns. Threads do not share it. */
class PackedSlidingWindowTest {
    private static final Key KEY = Key.of(1, 1);

    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();
    private final LimitSpace space =
            store.open(new Terms("one", Algorithm.SLIDING_WINDOW, Limit.parseAll("40/minute")));

    @Test
    void growsARecordOnlyForPermitsThatItHasNoRoomFor() {
        take(1);
        long small = store.statistics().bytes();

        for (int permits = 2; permits <= 10; permits++) {
            take(1);
            assertThat(store.statistics().bytes())
                    .as("bytes with %d permits", permits)
                    .isEqualTo(small);
        }

        take(1);
        assertThat(store.statistics().bytes()).isGreaterThan(small);
        assertThat(remaining()).isEqualTo(29);
    }

    /** What is as old as the window leaves just then, so the record has room for all that come. */
    @Test
    void forgetsAtTheEndOfTheWindowAllThatCameBefore() {
        take(1);
        ticker.advance(Duration.ofMinutes(1));

        take(10);

        assertThat(remaining()).isEqualTo(30);
        assertThat(space.snapshot(KEY).permitAges()).hasSize(10).containsOnly(Duration.ZERO);
    }

    @Test
    void takesAllPermitsAtOnceAsSoonAsTheWindowIsOver() {
        take(40);
        ticker.advance(Duration.ofMinutes(1));

        take(40);

        assertThat(remaining()).isZero();
        ticker.advance(Duration.ofMinutes(1).minusNanos(1));
        assertThat(space.tryAcquire(1, 1, 1).allowed()).isFalse();
        ticker.advance(Duration.ofNanos(1));
        take(40);
    }

    /** A stamp is a tick that is not before the permit: what was taken just now is a little in the future. */
    @Test
    void tellsThatAPermitWasTakenNowAndNotThatItWillBe() {
        ticker.advance(Duration.ofNanos(5));
        take(1);

        assertThat(space.snapshot(KEY).permitAges()).containsExactly(Duration.ZERO);
        ticker.advance(Duration.ofNanos(127));
        assertThat(space.snapshot(KEY).permitAges()).containsExactly(Duration.ofNanos(132 - 32));
    }

    @Test
    void tellsThatAPermitIsFromTheFutureWhenTheClockHasRunBack() {
        ticker.advance(Duration.ofSeconds(10));
        take(1);
        ticker.advance(Duration.ofSeconds(-4));

        assertThat(space.snapshot(KEY).permitAges()).containsExactly(Duration.ofSeconds(-4));
    }

    @Test
    void givesNothingBackOnceTheWindowIsOver() {
        Decision.Allowed early = (Decision.Allowed) space.tryAcquire(1, 1, 1);
        Decision.Allowed late = (Decision.Allowed) space.tryAcquire(1, 1, 1);

        ticker.advance(Duration.ofMinutes(1).minusNanos(1));
        assertThat(early.refund()).isTrue();
        ticker.advance(Duration.ofNanos(1));
        assertThat(late.refund()).isFalse();
    }

    private void take(int permits) {
        assertThat(space.tryAcquireNanos(1, 1, permits)).isZero();
    }

    private long remaining() {
        return space.peek(KEY, 1).usages().get(0).remaining();
    }
}
