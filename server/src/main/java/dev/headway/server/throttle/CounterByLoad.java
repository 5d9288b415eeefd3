package dev.headway.server.throttle;

/**
 * The counter that holds at the moment: the usual one, or while the server is busy another over the same windows; safe to share
 * between threads.
 *
 * <p>Both are views of one limiter, so that a change takes nothing from windows that are running: what was used under one limit is
 * used under the other.
 */
final class CounterByLoad {
    private final LoadSignal load;
    private final Counter usual;
    private final Counter busy;

    CounterByLoad(LoadSignal load, Counter usual, Counter busy) {
        this.load = load;
        this.usual = usual;
        this.busy = busy;
    }

    /** Returns what holds now. */
    Counter now() {
        return load.isBusy() ? busy : usual;
    }
}
