package dev.headway.jobs.store;

/** Where in the queue a job is put. */
public enum Place {
    /** Before all others. */
    HEAD,
    /** After all others. */
    TAIL
}
