package dev.headway.limiter.store;

import dev.headway.limiter.Receipt;
import java.util.Optional;

/**
 * The place of one request in the line for a key, and the receipt for it: given back before its time it leaves the line, later it gives
 * back the permits. Safe to share between threads: it gives back once, whoever asks.
 */
final class Place implements Receipt {
    private final MemorySpace space;
    private final Identity key;
    private final LimitRules rules;
    private final long nanos;
    private final int permits;
    private volatile Optional<Receipt> gone = Optional.empty();

    Place(MemorySpace space, Identity key, LimitRules rules, long nanos, int permits) {
        this.space = space;
        this.key = key;
        this.rules = rules;
        this.nanos = nanos;
        this.permits = permits;
    }

    Identity key() {
        return key;
    }

    /** Returns the time at which the permits are taken, in nanoseconds since the store was made. */
    long nanos() {
        return nanos;
    }

    int permits() {
        return permits;
    }

    /** Returns the rules by which the place was given, or the others if these are for an earlier layout. */
    LimitRules rulesOr(LimitRules current) {
        return rules.layout() == current.layout() ? rules : current;
    }

    /** Takes note that the permits have been taken, and of what gives them back. */
    void go(Receipt receipt) {
        gone = Optional.of(receipt);
    }

    @Override
    public boolean refund() {
        return space.leave(this) || (gone.isPresent() && gone.get().refund());
    }
}
