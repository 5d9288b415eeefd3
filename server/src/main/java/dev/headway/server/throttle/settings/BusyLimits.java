package dev.headway.server.throttle.settings;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The limits of one class that hold while the server is busy; an immutable value.
 *
 * <p><b>For everybody</b> the limits for busy times hold beside the usual ones, and of two with windows of one length the lower. So
 * {@code 100/hour;10/minute} and {@code 5/minute} make {@code 100/hour;5/minute}, and a limit for busy times that is higher than
 * the usual one changes nothing: load never raises a limit.
 *
 * <p>Algorithms that keep a count for one window cannot tell about windows of another length. With them everybody's limits are
 * lowered as those of tiers are.
 *
 * <p><b>For tiers</b> all limits are lowered in the proportion in which everybody's are, to no less than one: where {@code 5/minute}
 * stands for {@code 10/minute}, a tier's {@code 20/minute} becomes {@code 10/minute}. So a tier is still worth what it was, next to
 * others. The proportion is that of the rates of two limits with windows of one length, or else to the slowest usual limit.
 */
public final class BusyLimits {
    private static final Comparator<Limit> SLOWEST_FIRST = (one, other) -> compareRates(one, other);

    private final List<Limit> usual;
    private final List<Limit> busy;
    private final Algorithm algorithm;

    /**
     * Lowers limits.
     *
     * @param usual the limits of everybody
     * @param busy the limits that hold besides while the server is busy
     * @param algorithm how they are counted
     */
    public BusyLimits(List<Limit> usual, List<Limit> busy, Algorithm algorithm) {
        this.usual = List.copyOf(usual);
        this.busy = List.copyOf(busy);
        this.algorithm = algorithm;
    }

    /** Returns what holds for everybody. */
    public List<Limit> forEverybody() {
        if (algorithm != Algorithm.SLIDING_WINDOW) {
            return lowered(usual);
        }
        Map<Duration, Limit> byWindow = new LinkedHashMap<>();
        usual.forEach(limit -> byWindow.merge(limit.window(), limit, BusyLimits::lower));
        busy.forEach(limit -> byWindow.merge(limit.window(), limit, BusyLimits::lower));
        return List.copyOf(byWindow.values());
    }

    /** Returns what holds in the place of the limits of a tier. */
    public List<Limit> forTier(List<Limit> tier) {
        return lowered(tier);
    }

    private List<Limit> lowered(List<Limit> limits) {
        return limits.stream().map(this::lowered).toList();
    }

    private Limit lowered(Limit limit) {
        Limit lowest = limit;
        for (Limit other : busy) {
            lowest = lower(lowest, inProportion(limit, other, counterpart(other)));
        }
        return lowest;
    }

    private Limit counterpart(Limit limit) {
        return usual.stream()
                .filter(other -> other.window().equals(limit.window()))
                .min(SLOWEST_FIRST)
                .orElseGet(() -> usual.stream().min(SLOWEST_FIRST).orElseThrow());
    }

    /** Returns a limit of the same window times the rate of one limit through that of another, rounded down. */
    private static Limit inProportion(Limit limit, Limit numerator, Limit denominator) {
        BigInteger permits = BigInteger.valueOf(limit.permits())
                .multiply(cross(numerator, denominator))
                .divide(cross(denominator, numerator));
        int most = permits.min(BigInteger.valueOf(limit.permits())).intValueExact();
        return new Limit(Math.max(1, most), limit.multiple(), limit.unit());
    }

    private static Limit lower(Limit one, Limit other) {
        return other.permits() < one.permits() ? other : one;
    }

    private static int compareRates(Limit one, Limit other) {
        return cross(one, other).compareTo(cross(other, one));
    }

    private static BigInteger cross(Limit permits, Limit window) {
        return BigInteger.valueOf(permits.permits())
                .multiply(BigInteger.valueOf(window.window().toSeconds()));
    }
}
