package dev.headway.jobs;

import dev.headway.jobs.job.JobsException;

/** Says that the engine was closed while somebody waited for a process to end; the order to stop is kept. */
public final class EngineClosed extends JobsException {
    private static final long serialVersionUID = 1L;

    EngineClosed() {
        super("the server is stopping; the order is stored and will be carried out");
    }
}
