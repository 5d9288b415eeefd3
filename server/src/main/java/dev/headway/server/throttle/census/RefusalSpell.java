package dev.headway.server.throttle.census;

import dev.headway.server.caller.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts refusals for a while; safe to share between threads, none of which ever waits.
 *
 * <p>Each thread counts in one of a few stripes. Should two meet there, or a reader be at it, the second goes on without
 * counting whom it refused: of a flood a few are missed at random, and nothing is slowed down. The total misses none.
 */
final class RefusalSpell {
    private static final int STRIPES = 16;
    private static final int PLACES = 128;

    private final Instant since;
    private final LongAdder total = new LongAdder();
    private final Stripe[] stripes = new Stripe[STRIPES];

    private static final class Stripe {
        private final AtomicBoolean busy = new AtomicBoolean();
        private final SpaceSaving counts = new SpaceSaving(PLACES);
    }

    RefusalSpell(Instant since) {
        this.since = since;
        for (int index = 0; index < STRIPES; index++) {
            stripes[index] = new Stripe();
        }
    }

    Instant since() {
        return since;
    }

    long total() {
        return total.sum();
    }

    void count(long high, long low, Caller caller) {
        total.increment();
        Stripe stripe = stripes[(int) (Thread.currentThread().getId() % STRIPES)];
        if (stripe.busy.compareAndSet(false, true)) {
            stripe.counts.count(high, low, caller);
            stripe.busy.set(false);
        }
    }

    /** Returns what has been counted, stripe by stripe. */
    List<Tally> tallies() {
        List<Tally> tallies = new ArrayList<>();
        for (Stripe stripe : stripes) {
            tallies.add(tally(stripe));
        }
        return tallies;
    }

    private static Tally tally(Stripe stripe) {
        while (!stripe.busy.compareAndSet(false, true)) {
            Thread.onSpinWait();
        }
        try {
            return new Tally(stripe.counts.counts(), stripe.counts.most());
        } finally {
            stripe.busy.set(false);
        }
    }
}
