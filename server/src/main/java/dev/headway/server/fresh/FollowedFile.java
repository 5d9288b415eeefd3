package dev.headway.server.fresh;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has come of a file that is followed while the server runs; safe to share between threads.
 *
 * <p>What it says is taken, or cannot be used, and then what it said before holds on.
 */
public final class FollowedFile {
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile Instant usableAt;
    private volatile boolean behind;

    /** Begins with a file that was read, and could be used, at this time. */
    public FollowedFile(Instant readAt) {
        this.usableAt = readAt;
    }

    /** Takes note that the file was read and could be used, and that what it says holds. */
    public void usable(Instant now) {
        usableAt = now;
        behind = false;
    }

    /** Takes note that something else than before holds. */
    public void countTaken() {
        taken.increment();
    }

    /** Takes note that the file cannot be used as it is. */
    public void unusable() {
        behind = true;
    }

    /** Takes note that there is something wrong with it that was not wrong before. */
    public void countRefused() {
        refused.increment();
    }

    /** Returns how often something else than before began to hold. */
    public long taken() {
        return taken.sum();
    }

    /** Returns how often it was found wrong, each thing that is wrong counted once as long as it is. */
    public long refused() {
        return refused.sum();
    }

    /** Returns whether something else holds than the file says. */
    public boolean isBehind() {
        return behind;
    }

    /** Returns when it was last read and could be used. */
    public Instant usableAt() {
        return usableAt;
    }
}
