package dev.headway.server.throttle.settings;

/**
 * The kind of work that a route does, and with it the limit that applies; an immutable value.
 *
 * <p>A class names a limit, not a counter: two routes of one class are counted apart (contract A2).
 */
public enum LimitClass {
    /** Submitting a training job, the dearest request there is. */
    EXECUTE("training-execute"),
    /** Every other operation on a job: validate, cancel, pause, resume, force-start, reconnect. */
    GENERAL("training-general"),
    /** Looking into the files under the allowed roots. */
    FILESYSTEM("filesystem"),
    /** Reading the state of jobs. */
    READ("read"),
    /** Archives that are packed while they are sent. */
    DOWNLOAD("download"),
    /** Never limited: health, metrics and preflights. */
    NONE("none");

    private final String policy;

    LimitClass(String policy) {
        this.policy = policy;
    }

    /** Returns the name by which clients see this limit in the RateLimit headers. */
    public String policy() {
        return policy;
    }
}
