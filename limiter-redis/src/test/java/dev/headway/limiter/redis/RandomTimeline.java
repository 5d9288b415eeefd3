package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import dev.headway.limiter.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A limiter's limits, an origin of time and steps from it, all drawn from one seed. One thread uses it. */
final class RandomTimeline {

    private static final List<Unit> LONG_UNITS = List.of(Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.MONTH, Unit.YEAR);

    private final Random random;
    private final List<Limit> limits;
    private final long windowNanos;
    private long nanos;

    RandomTimeline(long seed) {
        this.random = new Random(seed);
        this.limits = drawLimits();
        this.windowNanos = limits.get(0).window().toNanos();
        this.nanos = drawOrigin();
    }

    List<Limit> limits() {
        return limits;
    }

    long nanos() {
        return nanos;
    }

    /**
     * Moves the time: not at all, a little, to the moment at which a permit may return, by windows, or back. At the end of
     * what a long can say, in the year 2262, it stands still.
     */
    void step() {
        long move = drawMove();
        boolean passesTheEnd = move > 0 && nanos > Long.MAX_VALUE - move;
        nanos += passesTheEnd ? 0 : move;
    }

    /** Goes to a time. */
    void returnTo(long newNanos) {
        nanos = newNanos;
    }

    private long drawMove() {
        int share = Math.max(1, limits.get(0).permits());
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> 0;
            case 3 -> random.nextInt(3_000_000);
            case 4, 5, 6 -> random.nextLong(windowNanos / share * 2 + 1);
            case 7 -> windowNanos / share;
            case 8 -> random.nextLong(windowNanos + 1);
            case 9 -> random.nextInt(8) == 0 ? windowNanos + random.nextInt(5_000_000) : 0;
            case 10 -> -random.nextInt(5_000_000);
            default -> random.nextInt(8) == 0 ? -random.nextLong(windowNanos * 3 / 4 + 1) : 0;
        };
    }

    /** Mostly 1; at times up to one more than the smallest limit has. */
    int drawPermits() {
        int least = limits.stream().mapToInt(Limit::permits).min().orElseThrow();
        return random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(random.nextBoolean() ? 3 : least + 1);
    }

    private List<Limit> drawLimits() {
        List<Limit> drawn = new ArrayList<>();
        drawn.add(new Limit(drawSize(), 1 + random.nextInt(3), LONG_UNITS.get(random.nextInt(LONG_UNITS.size()))));
        for (int more = random.nextInt(3); more > 0; more--) {
            drawn.add(new Limit(drawSize(), 1 + random.nextInt(60), Unit.SECOND));
        }
        return List.copyOf(drawn);
    }

    private int drawSize() {
        return switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(3);
            case 1, 2 -> 1 + random.nextInt(64);
            default -> 60 + random.nextInt(80);
        };
    }

    private long wrapNanos() {
        return (1L << 32) * TimeUnit.MICROSECONDS.toNanos(Tick.of(limits).micros());
    }

    private long drawOrigin() {
        long inWindow = random.nextLong(windowNanos + 1);
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> -inWindow;
            // So that the 32 bits of a stamp wrap around soon.
            case 2 -> wrapNanos() * (1 + random.nextInt(20)) - inWindow / 4;
            case 3 -> Long.MIN_VALUE / 2;
            default -> 1_795_000_000_000_000_000L + random.nextInt();
        };
    }
}
