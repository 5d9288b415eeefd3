package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Usage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the script answered about a log, in the order of the limiter's limits. Immutable; threads may share it.
 *
 * <p>The layout is described at the top of {@code sliding-window.lua}.
 */
final class LogAnswer {

    private static final int FIELDS = 4;
    private static final int WAIT = 1;
    private static final int TAKEN = 2;
    private static final int NEXT = 3;
    private static final int RESET = 4;

    private final LogShape shape;
    private final List<Long> numbers;

    LogAnswer(LogShape shape, List<?> reply) {
        this.shape = shape;
        this.numbers = reply.stream().map(Long.class::cast).toList();
    }

    /** The decision on a request for permits that no limit is too small for. */
    Decision decision() {
        if (numbers.get(0) == 1) {
            return new Decision.Allowed(usages());
        }
        List<Limit> refusedBy = limitsWhere(limit -> number(limit, WAIT) > 0);
        return new Decision.Refused(usages(), longestWaitNanos(), refusedBy, Decision.Cause.LIMIT);
    }

    /** The decision on a request for more permits than a limit has, when the script was asked for none. */
    Decision neverPossible(int permits) {
        return new Decision.NeverPossible(
                usages(), limitsWhere(limit -> shape.limits().get(limit).permits() < permits));
    }

    private List<Usage> usages() {
        return places().mapToObj(this::usage).toList();
    }

    private Usage usage(int place) {
        Limit limit = shape.limits().get(place);
        // More are taken than the limit has when it was larger a moment ago.
        long remaining = Math.max(0, limit.permits() - number(place, TAKEN));
        return new Usage(limit, remaining, nanos(number(place, NEXT)), nanos(number(place, RESET)));
    }

    private long longestWaitNanos() {
        return nanos(places().mapToLong(limit -> number(limit, WAIT)).max().orElseThrow());
    }

    private List<Limit> limitsWhere(IntPredicate condition) {
        return places().filter(condition).mapToObj(shape.limits()::get).toList();
    }

    private IntStream places() {
        return IntStream.range(0, shape.limits().size());
    }

    private long number(int limit, int field) {
        return numbers.get(shape.placeInAnswer(limit) * FIELDS + field);
    }

    private long nanos(long ticks) {
        return TimeUnit.MICROSECONDS.toNanos(ticks * shape.tickMicros());
    }
}
