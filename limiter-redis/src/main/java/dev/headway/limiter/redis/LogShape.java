package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * What the script is told about the limits of one view of a log. Immutable; threads may share it.
 *
 * <p>Windows are rounded up to whole ticks.
 */
final class LogShape {

    private static final Comparator<Limit> BINDING_LAST =
            Comparator.comparing(Limit::window).thenComparing(Limit::permits, Comparator.reverseOrder());

    private final List<Limit> limits;
    private final Tick tick;
    private final byte[] capacity;
    private final byte[][] windows;

    LogShape(List<Limit> limits, Tick tick) {
        this.limits = List.copyOf(limits);
        this.tick = tick;
        this.capacity = text(capacity(limits, tick));
        this.windows = windows();
    }

    List<Limit> limits() {
        return limits;
    }

    Tick tick() {
        return tick;
    }

    /** The most that one request can ask for and be admitted. */
    int leastPermits() {
        return limits.stream().mapToInt(Limit::permits).min().orElseThrow();
    }

    /** The limit with the longest window; of two such the smaller. */
    static Limit longest(List<Limit> limits) {
        return limits.stream().max(BINDING_LAST).orElseThrow();
    }

    /** The most permits that can be live in the longest window. */
    private static long capacity(List<Limit> limits, Tick tick) {
        long longest = tick.ticks(longest(limits));
        return limits.stream()
                .mapToLong(limit -> limit.permits() * ((longest + tick.ticks(limit) - 1) / tick.ticks(limit)))
                .min()
                .orElseThrow();
    }

    /** The arguments of {@code decide.lua}. */
    byte[][] question(String clock, long keptTicks, Question question, int permits) {
        byte[][] arguments = new byte[6 + windows.length][];
        fillCommon(arguments, clock, keptTicks);
        arguments[4] = text(question.word);
        arguments[5] = text(permits);
        System.arraycopy(windows, 0, arguments, 6, windows.length);
        return arguments;
    }

    /** The arguments of {@code refund.lua}. */
    byte[][] refund(String clock, long keptTicks, long stamp, int permits) {
        byte[][] arguments = new byte[6][];
        fillCommon(arguments, clock, keptTicks);
        arguments[4] = text(stamp);
        arguments[5] = text(permits);
        return arguments;
    }

    private void fillCommon(byte[][] arguments, String clock, long keptTicks) {
        arguments[0] = text(clock);
        arguments[1] = text(tick.micros());
        arguments[2] = text(keptTicks);
        arguments[3] = capacity;
    }

    private byte[][] windows() {
        byte[][] arguments = new byte[2 * limits.size()][];
        for (int place = 0; place < limits.size(); place++) {
            arguments[2 * place] = text(limits.get(place).permits());
            arguments[2 * place + 1] = text(tick.ticks(limits.get(place)));
        }
        return arguments;
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** What is asked of a log. */
    enum Question {
        TAKE("take"),
        LOOK("look"),
        LIST("list");

        private final String word;

        Question(String word) {
            this.word = word;
        }
    }
}
