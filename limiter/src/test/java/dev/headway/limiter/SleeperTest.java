package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Claims about a thread that sleeps until its time. Threads do not share it. */
class SleeperTest {
    private final AtomicLong readings = new AtomicLong();

    /** A clock that goes on by a microsecond whenever somebody looks, from near the end of long. */
    private final Ticker whenLookedAt = () -> Long.MAX_VALUE - 2000 + 1000 * readings.getAndIncrement();

    @Test
    void sleepsOnHoweverOftenItIsWokenTooSoon() throws InterruptedException {
        LockSupport.unpark(Thread.currentThread());

        new ParkingSleeper(whenLookedAt).sleep(7_000);

        assertThat(readings).hasValue(1 + 7);
    }

    @Test
    void returnsAtOnceWhereNothingIsToBeSlept() throws InterruptedException {
        new ParkingSleeper(whenLookedAt).sleep(0);

        assertThat(readings).hasValue(1);
    }

    @Test
    void wakesWhenItIsInterruptedAndSaysWhatWasLeft() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new ParkingSleeper(whenLookedAt).sleep(7_000))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("interrupted with 7000 ns of 7000 ns left to wait");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void sleepsNotLessThanAskedByTheClockOfTheMachine() throws InterruptedException {
        long start = System.nanoTime();

        Sleeper.system().sleep(100_000);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(100_000);
    }
}
