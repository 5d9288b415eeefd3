package dev.headway.jobs.store;

import dev.headway.jobs.job.JobsException;

/** Says that the database cannot be opened: it is broken, too new, locked, or not there. */
public final class StoreUnusable extends JobsException {
    private static final long serialVersionUID = 1L;

    StoreUnusable(String message, Throwable cause) {
        super(message, cause);
    }

    StoreUnusable(String message) {
        super(message);
    }
}
