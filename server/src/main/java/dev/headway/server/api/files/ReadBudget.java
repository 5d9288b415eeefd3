package dev.headway.server.api.files;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many bytes of files are in memory for answers at a time; any number of threads may share it.
 *
 * <p>Small files go through whatever else is read. Of the large ones, as many as fit into the budget; the next is turned
 * away for a moment instead of taking the memory of everybody.
 */
final class ReadBudget {
    private static final int SMALL = 1 << 20;

    private final Semaphore bytes;
    private final int total;

    ReadBudget(int total) {
        this.total = total;
        this.bytes = new Semaphore(total);
    }

    /** What is done within the budget. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Runs work that holds that many bytes.
     *
     * @throws Exhausted if others hold too much
     */
    <T> T holding(long size, Work<T> work) throws IOException {
        int share = size <= SMALL ? 0 : (int) Math.min(size, total);
        if (!bytes.tryAcquire(share)) {
            throw new Exhausted();
        }
        try {
            return work.run();
        } finally {
            bytes.release(share);
        }
    }

    /** Says that too much is being read already. */
    static final class Exhausted extends IOException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("too many large files are being read");
        }
    }
}
