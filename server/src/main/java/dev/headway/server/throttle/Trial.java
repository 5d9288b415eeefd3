package dev.headway.server.throttle;

import java.util.concurrent.atomic.LongAdder;

/** How rules that are only tried would have decided; safe to share between threads. */
public final class Trial {
    private final LongAdder admitted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    Trial() {}

    void note(boolean isRefused) {
        (isRefused ? refused : admitted).increment();
    }

    /** Returns how many requests they would have admitted. */
    public long admitted() {
        return admitted.sum();
    }

    /** Returns how many they would have refused. */
    public long refused() {
        return refused.sum();
    }
}
