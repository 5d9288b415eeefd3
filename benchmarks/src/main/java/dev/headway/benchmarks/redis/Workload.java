package dev.headway.benchmarks.redis;

import dev.headway.limiter.Limit;
import dev.headway.limiter.Unit;
import java.time.Duration;
import java.util.stream.IntStream;

/** What is asked: how many keys in turn, under which limit. Immutable. */
enum Workload {
    /** So many keys that none is asked for more than ten times in a measurement. */
    ADMIT(400_000, Unit.MINUTE),
    /** Clients who have long spent what they had and go on asking. */
    REFUSE(1_000, Unit.HOUR);

    private static final int PERMITS = 10;

    private final int keys;
    private final Unit window;

    Workload(int keys, Unit window) {
        this.keys = keys;
        this.window = window;
    }

    int keys() {
        return keys;
    }

    Limit limit() {
        return new Limit(PERMITS, 1, window);
    }

    int permits() {
        return PERMITS;
    }

    Duration window() {
        return window.length();
    }

    /** The name of a column or of a part of the summary. */
    String word() {
        return this == ADMIT ? "admit" : "refuse";
    }

    /** The keys as a server has them: texts of addresses. */
    String[] texts() {
        return IntStream.range(0, keys)
                .mapToObj(key -> "10." + (key >> 16) + "." + (key >> 8 & 255) + "." + (key & 255))
                .toArray(String[]::new);
    }
}
