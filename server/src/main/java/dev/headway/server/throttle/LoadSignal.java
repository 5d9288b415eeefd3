package dev.headway.server.throttle;

/**
 * Whether limits are lowered at the moment because the server is busy; safe to share between threads.
 *
 * <p>Whoever watches the load sets it. Requests read it, which costs one read of a volatile field.
 */
public final class LoadSignal {
    private volatile LoadReport report;

    /** Makes a signal that says this until it is told otherwise. */
    public LoadSignal(LoadReport initial) {
        this.report = initial;
    }

    /** Returns a signal for a server whose load nobody watches. */
    public static LoadSignal off() {
        return new LoadSignal(LoadReport.OFF);
    }

    /** Returns whether the limits for busy times hold. */
    public boolean isBusy() {
        return report.busy();
    }

    /** Returns what was found out last. */
    public LoadReport report() {
        return report;
    }

    /** Takes over what has been found out. */
    public void set(LoadReport found) {
        report = found;
    }
}
