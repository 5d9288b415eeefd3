package dev.headway.limiter.pictures;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of the arrivals under one algorithm. Immutable.
 *
 * @param algorithm how it was counted
 * @param arrivals all who came, in the order of time
 */
record Run(Algorithm algorithm, List<Arrival> arrivals) {
    /** The limit of all pictures. */
    static final Limit LIMIT = Limit.parse("10/minute");

    private static final int WINDOW = 60;

    /**
     * One request. Immutable.
     *
     * @param second when it came
     * @param admitted whether it was let in
     */
    record Arrival(int second, boolean admitted) {}

    /** One at first; many just before and just after a minute has passed; then three times as many as the limit, evenly. */
    private static final List<Integer> SECONDS = seconds();

    private static List<Integer> seconds() {
        List<Integer> seconds = new ArrayList<>();
        seconds.add(0);
        IntStream.range(0, 9).forEach(i -> seconds.add(57));
        IntStream.range(0, 12).forEach(i -> seconds.add(61));
        IntStream.range(0, 36).forEach(i -> seconds.add(78 + 2 * i));
        return seconds;
    }

    /** Lets the arrivals come to a limiter of the algorithm. */
    static Run of(Algorithm algorithm) {
        ManualTicker ticker = new ManualTicker();
        RateLimiter limiter = RateLimiter.builder()
                .name("picture")
                .limits(LIMIT)
                .algorithm(algorithm)
                .store(MemoryStore.builder().ticker(ticker).build())
                .build();
        List<Arrival> arrivals = new ArrayList<>();
        for (int second : SECONDS) {
            ticker.set(Duration.ofSeconds(second).toNanos());
            arrivals.add(new Arrival(second, limiter.tryAcquire("somebody").allowed()));
        }
        return new Run(algorithm, arrivals);
    }

    /** Returns how many were admitted in the window that ends with the second. */
    int admittedUntil(int second) {
        return (int) arrivals.stream()
                .filter(Arrival::admitted)
                .filter(arrival -> arrival.second() <= second && arrival.second() > second - WINDOW)
                .count();
    }

    /** Returns the most that were admitted in any window. */
    int most() {
        return arrivals.stream()
                .mapToInt(arrival -> admittedUntil(arrival.second()))
                .max()
                .orElseThrow();
    }

    /** Returns the second of the last arrival. */
    int lastSecond() {
        return arrivals.get(arrivals.size() - 1).second();
    }
}
