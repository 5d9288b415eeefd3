package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Ticker;
import dev.headway.limiter.Usage;
import dev.headway.limiter.algorithm.Moment;
import dev.headway.limiter.algorithm.SlidingWindow;
import dev.headway.limiter.algorithm.StampLog;
import dev.headway.limiter.algorithm.Step;
import dev.headway.limiter.algorithm.Verdict;
import dev.headway.limiter.algorithm.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of one limiter, a log each, behind one lock. Safe to share between threads. */
final class MemorySpace implements LimitSpace {
    private final List<Limit> limits;
    private final List<Window> windows;
    private final TickScale scale;
    private final Ticker ticker;
    private final int maxKeys;
    private final Overflow overflow;
    private final Map<Object, StampLog> logs = new HashMap<>();

    private record Bits(long high, long low) {}

    private record Shared() {}

    MemorySpace(List<Limit> limits, Ticker ticker, int maxKeys, Overflow overflow) {
        this.limits = limits;
        this.scale = TickScale.forWindow(
                limits.stream().map(Limit::window).max(Duration::compareTo).orElseThrow());
        this.windows = limits.stream()
                .map(limit -> new Window(limit.permits(), scale.windowTicks(limit.window())))
                .toList();
        this.ticker = ticker;
        this.maxKeys = maxKeys;
        this.overflow = overflow;
    }

    List<Limit> limits() {
        return limits;
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        return decide(key, permits);
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return decide(new Bits(keyHigh, keyLow), permits);
    }

    private synchronized Decision decide(Object wanted, int permits) {
        long nanos = ticker.nanos();
        Moment now = scale.moment(nanos);
        Object key = wanted;
        if (!logs.containsKey(key) && logs.size() >= maxKeys) {
            logs.values().removeIf(log -> log.countYoungerThan(longest(), now.floor()) == 0);
            if (logs.size() >= maxKeys && overflow == Overflow.REFUSE_NEW) {
                return new Decision.Refused(
                        limits.stream().map(Usage::untouched).toList(), 1_000_000, limits, Decision.Cause.STORE_FULL);
            }
            key = logs.size() >= maxKeys ? new Shared() : key;
        }
        StampLog log = logs.getOrDefault(key, StampLog.empty());
        Step<StampLog> step = SlidingWindow.step(windows, log, now, permits);
        if (step.verdict() instanceof Verdict.Granted) {
            logs.put(key, step.state());
            return new Decision.Allowed(usages(step.state(), now, nanos));
        }
        List<Usage> usages = usages(log, now, nanos);
        if (step.verdict() instanceof Verdict.Denied denied) {
            return new Decision.Refused(
                    usages,
                    scale.nanosUntil(denied.waitTicks(), nanos),
                    refusing(log, now, permits),
                    Decision.Cause.LIMIT);
        }
        return new Decision.NeverPossible(
                usages,
                limits.stream().filter(limit -> permits > limit.permits()).toList());
    }

    private long longest() {
        return windows.stream().mapToLong(Window::ticks).max().orElseThrow();
    }

    private List<Limit> refusing(StampLog log, Moment now, int permits) {
        List<Limit> refusing = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            if (SlidingWindow.waitTicks(windows.get(i), log, now, permits) > 0) {
                refusing.add(limits.get(i));
            }
        }
        return refusing;
    }

    private List<Usage> usages(StampLog log, Moment now, long nanos) {
        List<Usage> usages = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            usages.add(usage(limits.get(i), windows.get(i), log, now, nanos));
        }
        return usages;
    }

    private Usage usage(Limit limit, Window window, StampLog log, Moment now, long nanos) {
        int live = log.countYoungerThan(window.ticks(), now.floor());
        if (live == 0) {
            return Usage.untouched(limit);
        }
        int remaining = Math.max(0, window.permits() - live);
        long next = SlidingWindow.waitTicks(window, log, now, remaining + 1);
        long reset = SlidingWindow.waitTicks(window, log, now, window.permits());
        return new Usage(limit, remaining, scale.nanosUntil(next, nanos), scale.nanosUntil(reset, nanos));
    }
}
