package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import dev.headway.limiter.Usage;
import java.util.List;

/**
 * Permits of one key that were taken ahead. Immutable.
 *
 * @param shape the limits under which they were taken, and under which alone they may be given out
 * @param left how many have not been given out
 * @param receipt the numbers by which Redis finds them
 * @param usages how each limit stood when they were taken
 * @param askedNanos the time just before Redis was asked for them, from which on they grow old
 */
record Block(Shape shape, int left, List<Long> receipt, List<Usage> usages, long askedNanos) {
    boolean isFor(List<Limit> limits) {
        return shape.limits().equals(limits);
    }

    Block without(int permits) {
        return new Block(shape, left - permits, receipt, usages, askedNanos);
    }

    /** Returns how each limit stands at a time, what is left here included. */
    List<Usage> usagesAt(long nanos) {
        return usages.stream().map(usage -> aged(usage, nanos - askedNanos)).toList();
    }

    private Usage aged(Usage usage, long elapsedNanos) {
        return new Usage(
                usage.limit(),
                usage.remaining() + left,
                Math.max(0, usage.nextPermitAfterNanos() - elapsedNanos),
                Math.max(0, usage.resetAfterNanos() - elapsedNanos));
    }
}
