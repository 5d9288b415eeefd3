package dev.headway.limiter.algorithm;

import java.util.List;

/**
 * The exact sliding window: at most N permits in any half-open window {@code (t - W, t]}. Immutable.
 *
 * <p><b>Model.</b> Write down when each permit was taken, in order: s[0] ≤ s[1] ≤ … . The promise holds for every window, wherever
 * it is laid, exactly when
 *
 * <pre>s[k] - s[k-N] ≥ W   for every k ≥ N</pre>
 *
 * <p>for N + 1 permits lie within one window just if the first and the last of some N + 1 neighbours do. So a request for c permits
 * needs to look at one stamp only: the one that will be N-th before the last of the new ones, N - c before the newest now. If it is
 * absent or at least W old, the request fits; otherwise it fits as soon as that stamp is W old, and not a tick before, which makes
 * the wait exact. Nothing is counted, refilled or averaged, and a window has no edge at which a burst could pass twice.
 *
 * <p><b>Example.</b> N = 3, W = 60, stamps 10, 20, 50. At 65 one permit asks for the stamp 3 - 1 = 2 before the newest: 10. It is
 * 55 old, so the answer is: in 5. Two permits ask for the stamp 3 - 2 = 1 before the newest: 20, so the answer is: in 15.
 *
 * <p><b>Several limits</b> of one key share one log, as a permit taken is taken from each: every limit makes its own look at its own
 * distance, and the request fits if all agree. The log keeps what is younger than the longest window.
 *
 * <p><b>Clocks.</b> A stamp is never older than the one before it, so the log stays sorted when the clock runs backwards; ages
 * shrink then, and an age that shrinks can only refuse. Stamps are rounded up and now is rounded down (see {@link Moment}), so the
 * promise holds in real time and a permit returns less than two ticks late.
 *
 * <p><b>Purging.</b> Stamps leave the log when they are older than the longest window, and for no other reason. To keep just the
 * newest N would be simpler and wrong: a limit lowered to 5 and raised to 10 again would have forgotten five live permits.
 *
 * <p><b>Refund.</b> The entries of that stamp leave the log, see {@link StampLog#without}: it is as if they had never been.
 *
 * <p><b>Cost.</b> One read decides, whatever N; a grant writes c stamps; the log of a key is as long as its permits of the last W,
 * at most the number of permits of its longest window.
 *
 * <p><b>Source.</b> The log is as old as leaky buckets are; that one indexed look suffices is how the Python library <i>limits</i>
 * does it in Redis (its moving window, a list asked at index N - c).
 */
public record SlidingWindow(List<Window> windows) implements Counting<StampLog> {
    /** Copies the list unless it is immutable already. */
    public SlidingWindow {
        windows = List.copyOf(windows);
    }
    /** Returns how many ticks after the floor of the moment the window has room for so many permits; zero if it has now. */
    public static long waitTicks(Window window, StampLog log, Moment now, int permits) {
        int inTheWay = log.size() - 1 - (window.permits() - permits);
        if (inTheWay < 0) {
            return 0;
        }
        return Math.max(0, window.ticks() - (now.floor() - log.stamp(inTheWay)));
    }

    /** Decides about so many permits, at least 1, under all of the windows at once; a refusal leaves the log as it is. */
    public Step<StampLog> step(StampLog log, Moment now, int permits) {
        if (permits > mostPermits()) {
            return new Step<>(log, new Verdict.Impossible());
        }
        long wait = waitTicks(log, now, permits);
        if (wait > 0) {
            return new Step<>(log, new Verdict.Denied(wait));
        }
        StampLog after = take(log, now, permits);
        return new Step<>(after, new Verdict.Granted(after.newestOr(now.ceiling())));
    }

    @Override
    public StampLog untouched() {
        return StampLog.empty();
    }

    @Override
    public int mostPermits() {
        return windows.stream().mapToInt(Window::permits).min().orElseThrow();
    }

    @Override
    public long waitTicks(StampLog log, Moment now, int permits) {
        return windows.stream()
                .mapToLong(window -> waitTicks(window, log, now, permits))
                .max()
                .orElseThrow();
    }

    @Override
    public StampLog take(StampLog log, Moment now, int permits) {
        long stamp = now.stampNotBefore(log.newestOr(now.ceiling()));
        StampLog live = log.newest(log.countYoungerThan(longest(), now.floor()));
        return live.with(stamp, permits);
    }

    @Override
    public List<Taken> taken(StampLog after, int permits) {
        return List.of(new Taken(permits, after.newestOr(0), 0));
    }

    @Override
    public StampLog giveBack(StampLog log, Moment now, List<Taken> taken) {
        Taken entries = taken.get(0);
        boolean matters = now.floor() - entries.tick() < longest();
        return matters ? log.without(entries.tick(), entries.permits()) : log;
    }

    private long longest() {
        return windows.stream().mapToLong(Window::ticks).max().orElseThrow();
    }
}
