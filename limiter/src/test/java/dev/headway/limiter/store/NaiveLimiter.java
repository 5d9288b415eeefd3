package dev.headway.limiter.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
        forgetTheDead();
        if (wanted > permits) {
            return "never";
        }
        if (!taken.containsKey(key) && taken.size() == maxKeys) {
            return "full";
        }
        int wait = secondsUntilFits(key, wanted);
        return wait > 0 ? "wait " + wait : "left " + take(key, wanted);
    }

    /** Tells what becomes of a joint request for a permit of each key, where there is room for all keys. */
    String acquireAll(int... keys) {
        forgetTheDead();
        int wait =
                Arrays.stream(keys).map(key -> secondsUntilFits(key, 1)).max().orElse(0);
        if (wait > 0) {
            return "wait " + wait;
        }
        Arrays.stream(keys).forEach(key -> take(key, 1));
        return "all";
    }

    private void forgetTheDead() {
        taken.values().forEach(times -> times.removeIf(time -> now - time >= window));
        taken.values().removeIf(List::isEmpty);
    }

    private int secondsUntilFits(int key, int wanted) {
        List<Integer> times = taken.getOrDefault(key, List.of());
        int inTheWay = times.size() + wanted - permits - 1;
        return inTheWay < 0 ? 0 : times.get(inTheWay) + window - now;
    }

    private int take(int key, int wanted) {
        List<Integer> times = taken.computeIfAbsent(key, ignored -> new ArrayList<>());
        times.addAll(Collections.nCopies(wanted, now));
        return permits - times.size();
    }

    /** Takes a permit of a key for the first time at which it fits; tells in how many seconds that is. Of use if one permit fits into a window. */
    public String reserve(int key) {
        List<Integer> times = taken.computeIfAbsent(key, ignored -> new ArrayList<>());
        int wait = times.isEmpty() ? 0 : Math.max(0, times.get(times.size() - 1) + window - now);
        times.add(now + wait);
        return "go in " + wait;
    }

    /** Gives a permit back that was taken at a time; tells whether it mattered still. */
    public boolean giveBack(int key, int time) {
        boolean matters = now - time < window;
        return matters && taken.getOrDefault(key, List.of()).remove(Integer.valueOf(time));
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
