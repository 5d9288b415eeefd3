package dev.headway.server.http.server;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of bodies in memory, so that many large ones at once cannot exhaust it; safe to share between threads. */
final class BodyMemory {
    private final AtomicLong free;

    BodyMemory(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** Takes so many bytes, or none when there are not as many. */
    boolean tryTake(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    /** Gives bytes back. */
    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
