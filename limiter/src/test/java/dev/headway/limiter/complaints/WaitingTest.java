package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Decision;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Complaints about waiting: for nothing, for too long, and without a way out. Threads do not share it. */
class WaitingTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Desk desk = new Desk();

    /** 64, resilience4j#2194, #1283, #1968: callers who could not succeed were parked for the whole timeout all the same. */
    @Test
    void doesNotParkWhoCannotSucceed() throws InterruptedException {
        RateLimiter limiter = desk.limiter("1/minute");
        Desk.allowed(limiter, 1);

        assertThat(limiter.acquire("key", 1, Duration.ofSeconds(59)).allowed()).isFalse();
        assertThat(limiter.acquire("key", 2, HOUR).allowed()).isFalse();

        assertThat(desk.ticker.nanos()).isZero();
    }

    /** 65, uber-go/ratelimit#73: a wait could not be cancelled. */
    @Test
    void letsWhoWaitsLeaveAndTheNextHaveTheTurn() {
        RateLimiter limiter = desk.builder("1/minute")
                .scheduler(new ManualScheduler(desk.ticker))
                .build();
        Desk.allowed(limiter, 1);
        CompletableFuture<Decision> future = limiter.acquireAsync("key", 1, HOUR);

        future.cancel(false);
        Decision.Allowed next = (Decision.Allowed) limiter.reserve("key", 1, HOUR);

        assertThat(next.waitTime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(next.refund()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> limiter.acquire("key", 1, HOUR)).isInstanceOf(InterruptedException.class);
        desk.pass("60S");
        assertThat(Desk.allowed(limiter, 2)).isEqualTo(1);
    }
}
