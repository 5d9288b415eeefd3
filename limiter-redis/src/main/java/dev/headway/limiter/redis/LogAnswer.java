package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.Usage;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * What the script answered about a log, in the order of the limiter's limits. Immutable; threads may share it.
 *
 * <p>The layout is described at the top of {@code decide.lua}.
 */
final class LogAnswer {

    private static final int ALLOWED = 0;
    private static final int STAMP = 1;
    private static final int FIRST_LIMIT = 2;
    private static final int FIELDS = 4;
    private static final int WAIT = 0;
    private static final int TAKEN = 1;
    private static final int NEXT = 2;
    private static final int RESET = 3;

    private final LogShape shape;
    private final List<Long> numbers;

    LogAnswer(LogShape shape, List<?> reply) {
        this.shape = shape;
        this.numbers = reply.stream().map(Long.class::cast).toList();
    }

    /** The decision on a request for permits that no limit is too small for; the receipt is made of their stamp. */
    Decision decision(LongFunction<Receipt> receipt) {
        if (numbers.get(ALLOWED) == 1) {
            return new Decision.Allowed(usages(), receipt.apply(numbers.get(STAMP)));
        }
        List<Limit> refusedBy = limitsWhere(limit -> number(limit, WAIT) > 0);
        return new Decision.Refused(usages(), longestWaitNanos(), refusedBy, Decision.Cause.LIMIT);
    }

    /** The decision on a request for more permits than a limit has, when the script was asked for none. */
    Decision neverPossible(int permits) {
        return new Decision.NeverPossible(
                usages(), limitsWhere(limit -> shape.limits().get(limit).permits() < permits));
    }

    /** What is known of the key, when the script was asked to list. */
    Snapshot snapshot() {
        int firstAge = FIRST_LIMIT + FIELDS * shape.limits().size();
        List<Duration> ages = numbers.subList(firstAge, numbers.size()).stream()
                .map(ticks -> Duration.ofNanos(shape.tick().toNanos(ticks)))
                .toList();
        return new Snapshot(usages(), ages);
    }

    private List<Usage> usages() {
        return places().mapToObj(this::usage).toList();
    }

    private Usage usage(int place) {
        Limit limit = shape.limits().get(place);
        // More are taken than the limit has when it was larger a moment ago.
        long remaining = Math.max(0, limit.permits() - number(place, TAKEN));
        return new Usage(limit, remaining, nanos(place, NEXT), nanos(place, RESET));
    }

    private long longestWaitNanos() {
        return places().mapToLong(limit -> nanos(limit, WAIT)).max().orElseThrow();
    }

    private List<Limit> limitsWhere(IntPredicate condition) {
        return places().filter(condition).mapToObj(shape.limits()::get).toList();
    }

    private IntStream places() {
        return IntStream.range(0, shape.limits().size());
    }

    private long number(int limit, int field) {
        return numbers.get(FIRST_LIMIT + limit * FIELDS + field);
    }

    private long nanos(int limit, int field) {
        return shape.tick().toNanos(number(limit, field));
    }
}
