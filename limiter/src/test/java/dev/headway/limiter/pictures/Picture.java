package dev.headway.limiter.pictures;

import java.util.HashMap;
import java.util.Map;

/**
 * A run as an SVG: above, each arrival as a dot if it was admitted and as a cross if not; below, how many were admitted within the last
 * minute, beside the limit. Stateless.
 *
 * <p>The colours stand out from white and from black alike, and dots and crosses are told apart without them.
 */
final class Picture {
    private static final int LEFT = 24;
    private static final int PIXELS_PER_SECOND = 3;
    private static final int ARRIVALS_BASE = 86;
    private static final int PIXELS_PER_ARRIVAL = 5;
    private static final int COUNT_BASE = 138;
    private static final int PIXELS_PER_PERMIT = 2;

    private Picture() {}

    /** Returns the text of the SVG. */
    static String of(Run run) {
        int right = x(run.lastSecond()) + 4;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d 156" width="%1$d" height="156" role="img">
                <title>%2$s, %3$s: at most %4$d were admitted within a minute</title>
                <g font-family="sans-serif" font-size="11" fill="#808890">
                <text x="%5$d" y="14">%2$s %3$s</text>
                <text x="%6$d" y="14" text-anchor="end">most within a minute: %4$d</text>
                <text x="%5$d" y="151">0 s</text><text x="%7$d" y="151">60 s</text><text x="%8$d" y="151">120 s</text>
                <text x="4" y="%9$d">%10$d</text>
                </g>
                <path d="M%5$d %9$dH%6$dM%5$d %11$dH%6$d" stroke="#808890" stroke-dasharray="3 3"/>
                <path d="%12$s" fill="none" stroke="#4a90d9" stroke-width="1.5"/>
                <path d="%13$s" stroke="#2f9e6e" stroke-width="5" stroke-linecap="round"/>
                <path d="%14$s" stroke="#d9534f" stroke-width="1.2"/>
                </svg>
                """.formatted(
                        right + 6,
                        run.algorithm(),
                        Run.LIMIT,
                        run.most(),
                        LEFT,
                        right,
                        x(60),
                        x(120),
                        y(Run.LIMIT.permits()),
                        Run.LIMIT.permits(),
                        COUNT_BASE,
                        counts(run),
                        marks(run, true),
                        marks(run, false));
    }

    private static String counts(Run run) {
        StringBuilder path = new StringBuilder("M" + LEFT + " " + y(0));
        int drawn = 0;
        for (int second = 0; second <= run.lastSecond(); second++) {
            int count = run.admittedUntil(second);
            if (count != drawn) {
                path.append("H").append(x(second)).append("V").append(y(count));
            }
            drawn = count;
        }
        return path.append("H").append(x(run.lastSecond())).toString();
    }

    private static String marks(Run run, boolean admitted) {
        StringBuilder path = new StringBuilder();
        Map<Integer, Integer> stacked = new HashMap<>();
        for (Run.Arrival arrival : run.arrivals()) {
            int level = stacked.merge(arrival.second(), 1, Integer::sum);
            if (arrival.admitted() == admitted) {
                path.append(mark(x(arrival.second()), ARRIVALS_BASE - PIXELS_PER_ARRIVAL * level, admitted));
            }
        }
        return path.toString();
    }

    private static String mark(int x, int y, boolean admitted) {
        return admitted ? "M%d %dh0".formatted(x, y) : "M%d %dl4 4m0-4l-4 4".formatted(x - 2, y - 2);
    }

    private static int x(int second) {
        return LEFT + PIXELS_PER_SECOND * second;
    }

    private static int y(int permits) {
        return COUNT_BASE - PIXELS_PER_PERMIT * permits;
    }
}
