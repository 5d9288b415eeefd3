package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.testing.ManualScheduler;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Claims about how threads and futures wait for permits that are reserved for them. Threads do not share it. */
class WaitingTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler scheduler = new ManualScheduler(ticker);
    private final Waiting waiting = new Waiting(ticker, Alarm.of(scheduler));
    private final AtomicInteger refunds = new AtomicInteger();
    private final Decision.Allowed inThreeSeconds =
            new Decision.Allowed(List.of(), () -> refunds.incrementAndGet() == 1, 3_000_000_000L);

    @Test
    void letsAThreadGoWhenItsPermitsAreDue() throws InterruptedException {
        assertThat(waiting.untilDue(inThreeSeconds)).isSameAs(inThreeSeconds);

        assertThat(ticker.nanos()).isEqualTo(3_000_000_000L);
        assertThat(refunds).hasValue(0);
    }

    @Test
    void letsNobodyWaitForAnythingElse() throws Exception {
        Decision now = new Decision.Allowed(List.of(), Receipt.none());
        Decision refused = new Decision.Refused(List.of(), 5, List.of(), Decision.Cause.LIMIT);
        Decision shadowed = new Decision.Shadowed(inThreeSeconds);

        for (Decision decision : List.of(now, refused, shadowed)) {
            assertThat(waiting.untilDue(decision)).isSameAs(decision);
            assertThat(waiting.whenDue(decision)).isCompletedWithValue(decision);
        }
        assertThat(ticker.nanos()).isZero();
    }

    @Test
    void givesThePlaceOfAnInterruptedThreadBack() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> waiting.untilDue(inThreeSeconds)).isInstanceOf(InterruptedException.class);

        assertThat(refunds).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void givesThePlaceBackWhenTheSleeperFails() {
        Waiting restless = new Waiting(
                nanos -> {
                    throw new IllegalStateException("cannot sleep");
                },
                Alarm.of(scheduler));

        assertThatThrownBy(() -> restless.untilDue(inThreeSeconds)).hasMessage("cannot sleep");

        assertThat(refunds).hasValue(1);
    }

    @Test
    void completesAFutureWhenItsPermitsAreDueAndNotBefore() {
        CompletableFuture<Decision> future = waiting.whenDue(inThreeSeconds);

        scheduler.advance(Duration.ofSeconds(3).minusNanos(1));
        assertThat(future).isNotDone();
        scheduler.advance(Duration.ofNanos(1));
        assertThat(future).isCompletedWithValue(inThreeSeconds);
        assertThat(refunds).hasValue(0);
    }

    @Test
    void givesThePlaceOfACancelledFutureBackOnce() {
        CompletableFuture<Decision> future = waiting.whenDue(inThreeSeconds);

        future.cancel(false);
        future.cancel(true);

        assertThat(refunds).hasValue(1);
        assertThat(scheduler.waiting()).isZero();
        scheduler.advance(Duration.ofSeconds(3));
        assertThat(future).isCancelled();
    }

    @Test
    void givesThePlaceBackWhoeverCompletesTheFutureBefore() {
        waiting.whenDue(inThreeSeconds).complete(new Decision.Allowed(List.of()));
        waiting.whenDue(inThreeSeconds).completeExceptionally(new TimeoutException("too long for me"));

        assertThat(refunds).hasValue(2);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void keepsThePermitsOfAFutureThatIsCancelledTooLate() {
        CompletableFuture<Decision> future = waiting.whenDue(inThreeSeconds);
        scheduler.advance(Duration.ofSeconds(3));

        assertThat(future.cancel(false)).isFalse();

        assertThat(refunds).hasValue(0);
    }

    @Test
    void takesNoPlaceWhereTheSchedulerIsShutDown() {
        scheduler.shutdown();

        CompletableFuture<Decision> future = waiting.whenDue(inThreeSeconds);

        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        assertThat(refunds).hasValue(1);
    }

    @Test
    void ringsByTheTimerOfTheJdkInATaskOfItsOwn() throws Exception {
        CountDownLatch rung = new CountDownLatch(1);
        CompletableFuture<Thread> ringer = new CompletableFuture<>();

        Runnable callOff = Alarm.ofJdk()
                .set(
                        () -> {
                            ringer.complete(Thread.currentThread());
                            rung.countDown();
                        },
                        1000);

        assertThat(rung.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(ringer.join().getName()).doesNotContain("CompletableFutureDelayScheduler");
        callOff.run();
    }

    @Test
    void ringsNoAlarmOfTheJdkThatWasCalledOff() throws InterruptedException, ExecutionException {
        AtomicInteger rings = new AtomicInteger();
        Alarm jdk = Alarm.ofJdk();

        jdk.set(rings::incrementAndGet, LONG.toNanos()).run();

        CompletableFuture<Boolean> later = new CompletableFuture<>();
        jdk.set(() -> later.complete(true), 1000);
        assertThat(later.get()).isTrue();
        assertThat(rings).hasValue(0);
    }

    @Test
    void measuresTimeoutsInNanosecondsAsFarAsALongReaches() {
        assertThat(Waiting.nanos(Duration.ZERO)).isZero();
        assertThat(Waiting.nanos(Duration.ofSeconds(2))).isEqualTo(2_000_000_000L);
        assertThat(Waiting.nanos(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Waiting.nanos(Duration.ofDays(400_000))).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> Waiting.nanos(Duration.ofNanos(-1)))
                .hasMessage("a timeout of PT-0.000000001S; zero or more is accepted");
    }
}
