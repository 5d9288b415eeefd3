package dev.headway.trainer.progress;

import java.util.List;
import java.util.Locale;

/** Where the loss is going: the mean of the last five points against the mean of the five before. */
public enum Trend {
    /** It has fallen by more than one per cent. */
    IMPROVING,
    /** It has risen by more than one per cent. */
    DEGRADING,
    /** Neither. */
    STABLE,
    /** There are fewer than ten points. */
    INSUFFICIENT_DATA;

    private static final int POINTS = 5;
    private static final double NOISE = 0.01;

    /** Returns the trend of the losses, oldest first. */
    public static Trend of(List<Double> losses) {
        int size = losses.size();
        if (size < 2 * POINTS) return INSUFFICIENT_DATA;
        double before = mean(losses.subList(size - 2 * POINTS, size - POINTS));
        double now = mean(losses.subList(size - POINTS, size));
        if (now < before * (1 - NOISE)) return IMPROVING;
        return now > before * (1 + NOISE) ? DEGRADING : STABLE;
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Returns the name used in progress.json. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
