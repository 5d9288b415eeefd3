package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.Usage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a script answered about one key, in the order of the limiter's limits. Immutable; threads may share it.
 *
 * <p>The layout is described at the top of {@code decide.lua}.
 */
final class Answer {
    private static final int OUTCOME = 0;
    private static final int TAKEN = 1;
    private static final int FIRST_LIMIT = 2;
    private static final int FIELDS = 4;
    private static final int WAIT = 0;
    private static final int REMAINING = 1;
    private static final int NEXT = 2;
    private static final int RESET = 3;

    private static final int FITS = 1;
    private static final int NEVER = -1;
    private static final Receipt NOTHING_TAKEN = () -> false;

    private final Shape shape;
    private final long[] numbers;

    Answer(Shape shape, List<?> numbers) {
        this(shape, numbers.stream().mapToLong(Long.class::cast).toArray());
    }

    private Answer(Shape shape, long[] numbers) {
        this.shape = shape;
        this.numbers = numbers;
    }

    /** Reads an answer of {@code take.lua}, whose numbers have 4 bytes each. */
    static Answer ofBytes(Shape shape, ByteBuffer bytes) {
        long[] numbers = new long[bytes.remaining() / Integer.BYTES];
        for (int place = 0; place < numbers.length; place++) {
            numbers[place] = Integer.toUnsignedLong(bytes.getInt(place * Integer.BYTES));
        }
        return new Answer(shape, numbers);
    }

    /** Returns the decision on a request for so many permits; its receipt is made of the numbers by which they are found again. */
    Decision decision(int permits, Function<List<Long>, Receipt> receipt) {
        if (outcome() == NEVER) {
            return new Decision.NeverPossible(
                    usages(),
                    limitsWhere(place -> shape.mostPermits(shape.limits().get(place)) < permits));
        }
        if (outcome() == FITS) {
            return new Decision.Allowed(usages(), taken() > 0 ? receipt.apply(receipt()) : NOTHING_TAKEN, waitNanos());
        }
        List<Limit> refusedBy = limitsWhere(place -> number(place, WAIT) > 0);
        return new Decision.Refused(usages(), waitNanos(), refusedBy, Decision.Cause.LIMIT);
    }

    /** Returns what is known of the key, when the script was asked to list. */
    Snapshot snapshot() {
        List<Duration> ages = rest().stream()
                .map(ticks -> Duration.ofNanos(shape.tick().toNanos(ticks)))
                .toList();
        return new Snapshot(usages(), ages);
    }

    /** Returns how many permits were taken. */
    int taken() {
        return (int) numbers[TAKEN];
    }

    private long outcome() {
        return numbers[OUTCOME];
    }

    /** Returns the numbers by which permits that were taken are found again. */
    List<Long> receipt() {
        return rest();
    }

    private List<Long> rest() {
        int first = FIRST_LIMIT + FIELDS * shape.limits().size();
        return numbers.length == first + 1
                ? List.of(numbers[first])
                : Arrays.stream(numbers, first, numbers.length).boxed().toList();
    }

    private List<Usage> usages() {
        return shape.limits().size() == 1
                ? List.of(usage(0))
                : places().mapToObj(this::usage).toList();
    }

    private Usage usage(int place) {
        return new Usage(shape.limits().get(place), number(place, REMAINING), nanos(place, NEXT), nanos(place, RESET));
    }

    private long waitNanos() {
        long longest = 0;
        for (int place = 0; place < shape.limits().size(); place++) {
            longest = Math.max(longest, nanos(place, WAIT));
        }
        return longest;
    }

    private List<Limit> limitsWhere(IntPredicate condition) {
        return places().filter(condition).mapToObj(shape.limits()::get).toList();
    }

    private IntStream places() {
        return IntStream.range(0, shape.limits().size());
    }

    private long number(int place, int field) {
        return numbers[FIRST_LIMIT + place * FIELDS + field];
    }

    private long nanos(int place, int field) {
        return shape.tick().toNanos(number(place, field));
    }
}
