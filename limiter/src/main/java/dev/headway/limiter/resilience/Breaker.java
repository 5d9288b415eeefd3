package dev.headway.limiter.resilience;

import dev.headway.limiter.StoreUnavailableException;
import dev.headway.limiter.Ticker;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Decides whether a store that may be away is asked. Safe to share between threads.
 *
 * <pre>{@code
 *                three failures in a row                 the pause is over: one may pass
 *   CONNECTED ───────────────────────────────► AWAY ───────────────────────────────────► PROBING
 *      ▲                                        ▲                                          │ │
 *      │                                        └── failure: a pause twice as long ────────┘ │
 *      └──────────────────────────────────────────── success ────────────────────────────────┘
 * }</pre>
 *
 * <p>As long as the store answers, passing is one volatile read. Who passed must tell how it went. If the one that probes never does, the
 * next may pass after another pause. A success that was under way while the breaker opened closes it: the store is back.
 */
final class Breaker {
    private static final int FAILURES_IN_A_ROW = 3;

    private final Ticker ticker;
    private final Backoff backoff;
    private final AtomicReference<Standing> standing = new AtomicReference<>(Connected.FLAWLESS);

    private sealed interface Standing permits Connected, Away {}

    private record Connected(int failuresInARow) implements Standing {
        static final Connected FLAWLESS = new Connected(0);
    }

    private record Away(int attempts, long untilNanos, boolean probing, StoreUnavailableException reason)
            implements Standing {}

    Breaker(Ticker ticker, Backoff backoff) {
        this.ticker = ticker;
        this.backoff = backoff;
    }

    StoreHealth.State state() {
        if (standing.get() instanceof Away away) {
            return away.probing() ? StoreHealth.State.PROBING : StoreHealth.State.AWAY;
        }
        return StoreHealth.State.CONNECTED;
    }

    /** Returns whether the store may be asked now; whoever may must tell how it went. */
    boolean tryPass() {
        return !(standing.get() instanceof Away away) || (isOver(away) && standing.compareAndSet(away, probed(away)));
    }

    /** Returns why the store is not asked; the same exception as long as it is away, so that nothing is spent on each request. */
    StoreUnavailableException reason() {
        return standing.get() instanceof Away away
                ? away.reason()
                : new StoreLeftAlone("the store has just come back; nothing was asked", new IllegalStateException());
    }

    void succeeded() {
        if (standing.get() != Connected.FLAWLESS) {
            standing.set(Connected.FLAWLESS);
        }
    }

    void failed(Throwable failure) {
        standing.updateAndGet(now -> now instanceof Connected connected
                ? afterFailure(connected, failure)
                : afterFailure((Away) now, failure));
    }

    private Standing afterFailure(Connected connected, Throwable failure) {
        int failures = connected.failuresInARow() + 1;
        return failures < FAILURES_IN_A_ROW ? new Connected(failures) : away(1, failure);
    }

    /** Only the failure of a probe prolongs the pause, not those of requests that were under way when it began. */
    private Standing afterFailure(Away away, Throwable failure) {
        return away.probing() ? away(away.attempts() + 1, failure) : away;
    }

    private Away away(int attempts, Throwable failure) {
        StoreLeftAlone reason = new StoreLeftAlone(
                "the store gave no decision several times, is left alone for a moment, and was not asked; the last time: "
                        + failure.getMessage(),
                failure);
        return new Away(attempts, ticker.nanos() + backoff.nanosAfter(attempts), false, reason);
    }

    private Away probed(Away away) {
        long until = ticker.nanos() + backoff.nanosAfter(away.attempts());
        return new Away(away.attempts(), until, true, away.reason());
    }

    private boolean isOver(Away away) {
        return ticker.nanos() - away.untilNanos() >= 0;
    }
}
