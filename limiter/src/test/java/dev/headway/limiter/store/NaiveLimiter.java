package dev.headway.limiter.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The promise of an exact and bounded limiter in the fewest words: what concurrent answers must be explained by. Time is counted in
 * seconds. Not for sharing between threads.
 */
public class NaiveLimiter {
    private final int window;
    private final int maxKeys;
    private final Map<Integer, List<Integer>> taken = new TreeMap<>();
    private int permits;
    private int now;

    NaiveLimiter(int permits, int window, int maxKeys) {
        this.permits = permits;
        this.window = window;
        this.maxKeys = maxKeys;
    }

    /** Tells what becomes of a request: how many permits remain, or how many seconds to wait, or that there is no place. */
    public String acquire(int key, int wanted) {
        taken.values().forEach(times -> times.removeIf(time -> now - time >= window));
        taken.values().removeIf(List::isEmpty);
        if (wanted > permits) {
            return "never";
        }
        if (!taken.containsKey(key) && taken.size() == maxKeys) {
            return "full";
        }
        List<Integer> times = taken.computeIfAbsent(key, ignored -> new ArrayList<>());
        if (times.size() + wanted > permits) {
            return "wait " + (times.get(times.size() + wanted - permits - 1) + window - now);
        }
        for (int i = 0; i < wanted; i++) {
            times.add(now);
        }
        return "left " + (permits - times.size());
    }

    /** Lets so many permits fit into a window from now on. */
    public void changeTo(int newPermits) {
        permits = newPermits;
    }

    /** Forgets what the key has taken. */
    public void reset(int key) {
        taken.remove(key);
    }

    /** Lets a second pass. */
    public void advance() {
        now++;
    }
}
