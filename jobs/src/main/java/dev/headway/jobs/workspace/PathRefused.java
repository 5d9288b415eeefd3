package dev.headway.jobs.workspace;

import dev.headway.jobs.job.JobsException;

/** Says that a path or name given by a user is not one that may be used. */
public final class PathRefused extends JobsException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a path is refused. */
    public enum Reason {
        /** It leads out of the allowed directories. */
        OUTSIDE,
        /** It holds a NUL character. */
        NUL,
        /** Its symbolic links go in circles, or it is too long, or the system cannot look at it. */
        UNUSABLE,
        /** It should be a single name but is a path. */
        NOT_A_NAME
    }

    PathRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return why it is refused} */
    public Reason reason() {
        return reason;
    }
}
