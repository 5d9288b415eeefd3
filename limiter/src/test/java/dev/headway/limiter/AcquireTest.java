package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualScheduler;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims about waiting for permits, in threads, in futures and by reservation. Threads do not share it. */
class AcquireTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler scheduler = new ManualScheduler(ticker);
    private final FlakyStore store =
            new FlakyStore(MemoryStore.builder().ticker(ticker).build());
    private final RateLimiter limiter = builder().build();

    @Test
    void waitsUntilThePermitIsDue() throws InterruptedException {
        limiter.tryAcquire("key", 2);
        ticker.advance(Duration.ofSeconds(20));

        Decision decision = limiter.acquire("key", 1, HOUR);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Allowed.class,
                        allowed -> assertThat(allowed.waitTime()).isEqualTo(Duration.ofSeconds(40)));
        assertThat(ticker.nanos()).isEqualTo(Duration.ofSeconds(60).toNanos());
    }

    @Test
    void waitsNotAtAllWhereThereIsRoom() throws InterruptedException {
        assertThat(limiter.acquire("key", 2, Duration.ZERO).allowed()).isTrue();

        assertThat(ticker.nanos()).isZero();
    }

    @Test
    void tellsAtOnceWhoCannotMakeItInTimeAndTakesNothing() throws InterruptedException {
        limiter.tryAcquire("key", 2);

        Decision decision = limiter.acquire("key", 1, Duration.ofSeconds(59));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(60)));
        assertThat(ticker.nanos()).isZero();
        ticker.advance(Duration.ofSeconds(60));
        assertThat(limiter.tryAcquire("key", 2).allowed()).isTrue();
    }

    @Test
    void doesNotWaitForWhatIsNeverPossible() throws InterruptedException {
        assertThat(limiter.acquire("key", 3, HOUR)).isInstanceOf(Decision.NeverPossible.class);
    }

    @Test
    void leavesNoDebtWhenItIsInterruptedWhileItWaits() {
        limiter.tryAcquire("key", 2);
        RateLimiter interrupted = builder()
                .sleeper(nanos -> {
                    throw new InterruptedException("woken");
                })
                .build();

        assertThatThrownBy(() -> interrupted.acquire("key", 2, HOUR)).isInstanceOf(InterruptedException.class);

        ticker.advance(Duration.ofSeconds(60));
        assertThat(limiter.tryAcquire("key", 2).allowed()).isTrue();
    }

    @Test
    void asksForNothingWhenItIsInterruptedBefore() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> limiter.acquire("key", 2, HOUR))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("interrupted before limiter \"one\" was asked");

        assertThat(limiter.tryAcquire("key", 2).allowed()).isTrue();
    }

    @Test
    void letsNobodyPastThoseWhoWait() {
        limiter.tryAcquire("key", 1);
        limiter.reserve("key", 2, HOUR);

        assertThat(limiter.tryAcquire("key").allowed()).isFalse();
        assertThat(limiter.tryAcquire("other").allowed()).isTrue();
    }

    @Test
    void givesThreadsThatComeTogetherTheTimesOfALine() throws InterruptedException, ExecutionException {
        int threads = 8;
        List<Long> slept = Collections.synchronizedList(new ArrayList<>());
        RateLimiter oneASecond = RateLimiter.builder()
                .name("line")
                .limits(Limit.of(1, Unit.SECOND))
                .store(store)
                .sleeper(slept::add)
                .build();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Decision>> calls = Collections.nCopies(threads, () -> oneASecond.acquire("key", 1, HOUR));
            for (Future<Decision> call : pool.invokeAll(calls)) {
                assertThat(call.get().allowed()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(slept)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(1, threads)
                        .mapToObj(second -> second * 1_000_000_000L)
                        .toList());
    }

    @Test
    void parksByTheClockOfTheMachineUnlessToldOtherwise() throws InterruptedException {
        RateLimiter real = RateLimiter.builder()
                .name("real")
                .limits(Limit.of(1, Unit.SECOND))
                .store(MemoryStore.builder().build())
                .build();
        long start = System.nanoTime();

        real.acquire("key", 1, HOUR);
        real.acquire("key", 1, HOUR);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @Test
    void completesAFutureWhenItsPermitIsDue() {
        limiter.tryAcquire("key", 2);

        CompletableFuture<Decision> first = limiter.acquireAsync("key", 1, HOUR);
        CompletableFuture<Decision> second = limiter.acquireAsync("key", 2, HOUR);

        scheduler.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(first).isNotDone();
        scheduler.advance(Duration.ofNanos(1));
        assertThat(first).isCompletedWithValueMatching(Decision::allowed);
        scheduler.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(second).isNotDone();
        scheduler.advance(Duration.ofNanos(1));
        assertThat(second).isCompletedWithValueMatching(Decision::allowed);
    }

    @Test
    void givesThePlaceOfACancelledFutureBack() {
        limiter.tryAcquire("key", 2);
        CompletableFuture<Decision> cancelled = limiter.acquireAsync("key", 2, HOUR);

        cancelled.cancel(false);

        assertThat(scheduler.waiting()).isZero();
        ticker.advance(Duration.ofSeconds(60));
        assertThat(limiter.tryAcquire("key", 2).allowed()).isTrue();
    }

    @Test
    void completesAtOnceWhereNothingIsToBeWaitedFor() {
        assertThat(limiter.acquireAsync("key", 2, Duration.ZERO)).isCompletedWithValueMatching(Decision::allowed);
        assertThat(limiter.acquireAsync("key", 1, Duration.ofSeconds(1)))
                .isCompletedWithValueMatching(Decision.Refused.class::isInstance);
        assertThat(limiter.acquireAsync("key", 3, HOUR))
                .isCompletedWithValueMatching(Decision.NeverPossible.class::isInstance);
    }

    @Test
    void failsTheFutureOfAStoreThatIsAway() {
        store.setAway(true);

        assertThat(limiter.acquireAsync("key", 1, HOUR))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"SLIDING_WINDOW", "TOKEN_BUCKET", "PACING"})
    void reservesBehindAllWhoReservedBefore(Algorithm algorithm) {
        RateLimiter line = builder().name("line").algorithm(algorithm).build();
        long last = 0;

        for (int place = 0; place < 10; place++) {
            Decision.Allowed reserved = (Decision.Allowed) line.reserve("key", 1, HOUR);
            assertThat(reserved.waitNanos()).isGreaterThanOrEqualTo(last);
            last = reserved.waitNanos();
        }

        assertThat(last)
                .isBetween(
                        Duration.ofSeconds(239).toNanos(),
                        Duration.ofSeconds(271).toNanos());
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"SLIDING_WINDOW", "TOKEN_BUCKET", "PACING"})
    void givesAPlaceBackThatIsCancelledBeforeItIsDue(Algorithm algorithm) {
        RateLimiter line = builder().name("line").algorithm(algorithm).build();
        while (line.tryAcquireNanos("key") == 0) {
            assertThat(line.algorithm()).isEqualTo(algorithm);
        }
        long due = ((Decision.Allowed) line.reserve("key", 1, HOUR)).waitNanos();
        Decision.Allowed cancelled = (Decision.Allowed) line.reserve("key", 1, HOUR);

        assertThat(cancelled.refund()).isTrue();
        assertThat(cancelled.refund()).isFalse();

        Decision.Allowed next = (Decision.Allowed) line.reserve("key", 1, HOUR);
        assertThat(next.waitNanos()).isEqualTo(cancelled.waitNanos()).isGreaterThanOrEqualTo(due);
    }

    @Test
    void saysWhichAlgorithmsKeepALine() {
        RateLimiter counting =
                builder().name("counting").algorithm(Algorithm.FIXED_WINDOW).build();

        assertThatThrownBy(() -> counting.acquire("key", 1, HOUR))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("fixed-window keeps no place in the future");
    }

    @Test
    void letsNobodyWaitInShadowMode() throws InterruptedException {
        RateLimiter shadow = builder().shadow().build();
        shadow.tryAcquire("key", 2);

        Decision decision = shadow.acquire("key", 1, HOUR);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Shadowed.class,
                        shadowed -> assertThat(shadowed.instead()).isInstanceOf(Decision.Allowed.class));
        assertThat(ticker.nanos()).isZero();
    }

    @Test
    void letsNoWaitingSaveWhoIsShutOut() throws InterruptedException {
        RateLimiter strict = builder()
                .penalty(new Penalty(Limit.parse("1/minute"), Duration.ofMinutes(10)))
                .build();
        strict.tryAcquire("key", 2);
        strict.tryAcquire("key");

        Decision decision = strict.acquire("key", 1, HOUR);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Decision.Cause.PENALTY));
    }

    @Test
    void reportsAReservationWhenItIsMade() {
        List<Decision> heard = new ArrayList<>();
        RateLimiter reported = builder()
                .listener((name, key, permits, decision) -> heard.add(decision))
                .build();

        Decision reserved = reported.reserve("key", 2, HOUR);

        assertThat(heard).containsExactly(reserved);
    }

    @Test
    void refusesATimeoutOfLessThanNothing() {
        assertThatThrownBy(() -> limiter.acquire("key", 1, Duration.ofSeconds(-1)))
                .hasMessage("a timeout of PT-1S; zero or more is accepted");
        assertThatThrownBy(() -> limiter.acquireAsync("key", 0, HOUR))
                .hasMessage("0 permits asked for; at least 1 is accepted");
    }

    private RateLimiter.Builder builder() {
        return RateLimiter.builder()
                .name("one")
                .limits(Limit.of(2, Unit.MINUTE))
                .store(store)
                .sleeper(ticker)
                .scheduler(scheduler);
    }
}
