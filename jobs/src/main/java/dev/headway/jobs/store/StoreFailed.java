package dev.headway.jobs.store;

import dev.headway.jobs.job.JobsException;

/** Says that the database refused a statement, a full disk being the usual reason; nothing of it was kept. */
public final class StoreFailed extends JobsException {
    private static final long serialVersionUID = 1L;

    StoreFailed(Throwable cause) {
        super("the database failed: " + Causes.lastMessage(cause), cause);
    }
}
