package dev.headway.limiter.resilience;

import dev.headway.limiter.StoreUnavailableException;
import dev.headway.limiter.Ticker;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What all spaces of a resilient store have in common: whether the distant store is asked, and what came of it. Safe to share between threads. */
final class Care {
    private final Ticker ticker;
    private final Breaker breaker;
    private final RefusalMemory refusals;
    private final LongAdder failures = new LongAdder();
    private final LongAdder decidedAlone = new LongAdder();
    private final LongAdder refusedFromMemory = new LongAdder();
    private volatile Optional<String> lastFailure = Optional.empty();
    private volatile Optional<Long> lastAloneNanos = Optional.empty();

    Care(Ticker ticker, Backoff backoff, int rememberedRefusals) {
        this.ticker = ticker;
        this.breaker = new Breaker(ticker, backoff);
        this.refusals = new RefusalMemory(rememberedRefusals);
    }

    long nanos() {
        return ticker.nanos();
    }

    RefusalMemory refusals() {
        return refusals;
    }

    boolean tryPass() {
        return breaker.tryPass();
    }

    StoreUnavailableException reason() {
        return breaker.reason();
    }

    void succeeded() {
        breaker.succeeded();
    }

    void failed(Throwable failure) {
        failures.increment();
        lastFailure = Optional.of(String.valueOf(failure.getMessage()));
        breaker.failed(failure);
    }

    /** Takes note that a request was decided alone, which may go after so many nanoseconds. */
    void countAlone(long waitNanos) {
        decidedAlone.increment();
        goesAt(ticker.nanos() + waitNanos);
    }

    private synchronized void goesAt(long nanos) {
        lastAloneNanos = lastAloneNanos.filter(last -> last - nanos > 0).or(() -> Optional.of(nanos));
    }

    void countFromMemory() {
        refusedFromMemory.increment();
    }

    /** Returns whether a request that was decided alone went within so many nanoseconds, or is still to go. */
    boolean wasAloneWithin(long windowNanos) {
        Optional<Long> last = lastAloneNanos;
        return last.isPresent() && ticker.nanos() - last.get() < windowNanos;
    }

    StoreHealth health() {
        return new StoreHealth(
                breaker.state(), lastFailure, failures.sum(), decidedAlone.sum(), refusedFromMemory.sum());
    }
}
