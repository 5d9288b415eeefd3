package dev.headway.limiter.redis;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the scripts are told about the limits of one view of a limiter's keys. Immutable; threads may share it.
 *
 * <p>Windows are rounded up to whole ticks, and may be made longer than their limits say.
 */
final class Shape {
    private static final Comparator<Limit> BINDING_LAST =
            Comparator.comparing(Limit::window).thenComparing(Limit::permits, Comparator.reverseOrder());
    // As in sliding-window.lua: up to so many permits a log is read as a whole.
    private static final int MOST_SMALL = 64;
    private static final byte[] YES = text(1);
    private static final byte[] NO = text(0);

    private final Terms terms;
    private final Tick tick;
    private final long graceTicks;
    private final byte[] algorithm;
    private final byte[] micros;
    private final byte[] capacity;
    private final boolean small;
    private final List<byte[]> windows = new ArrayList<>();

    Shape(Terms terms, Tick tick, long graceTicks) {
        this.terms = terms;
        this.tick = tick;
        this.graceTicks = graceTicks;
        this.algorithm = text(terms.algorithm());
        this.micros = text(tick.micros());
        this.capacity = text(capacity());
        this.small = isSmall(terms);
        windows.add(text(terms.limits().size()));
        for (Limit limit : terms.limits()) {
            windows.add(text(limit.permits()));
            windows.add(text(ticks(limit)));
        }
    }

    List<Limit> limits() {
        return terms.limits();
    }

    Tick tick() {
        return tick;
    }

    /** Returns these terms under other limits. */
    Shape withLimits(List<Limit> limits) {
        return new Shape(terms.withLimits(limits), tick, graceTicks);
    }

    /** Returns how many permits one request may ask for under a limit. */
    int mostPermits(Limit limit) {
        return terms.burst() == Terms.NO_BURST ? limit.permits() : terms.burst();
    }

    private static boolean isSmall(Terms terms) {
        return terms.algorithm() == Algorithm.SLIDING_WINDOW
                && terms.limits().size() == 1
                && terms.limits().get(0).permits() <= MOST_SMALL;
    }

    /** Returns whether {@code take.lua} knows these limits. */
    boolean isSmall() {
        return small;
    }

    /** Adds the limit to the arguments of {@code take.lua}. */
    void addQuickClaim(List<byte[]> arguments, long keptTicks) {
        arguments.add(micros);
        arguments.add(text(keptTicks));
        arguments.add(windows.get(1));
        arguments.add(windows.get(2));
    }

    /** Returns the limit with the longest window; of two such the smaller. */
    static Limit longest(List<Limit> limits) {
        return limits.stream().max(BINDING_LAST).orElseThrow();
    }

    private long capacity() {
        return terms.algorithm() == Algorithm.SLIDING_WINDOW ? mostLive() : terms.burst();
    }

    /** Returns the most permits that can be live in the longest window. */
    private long mostLive() {
        long longest = ticks(longest(terms.limits()));
        return terms.limits().stream()
                .mapToLong(limit -> limit.permits() * ((longest + ticks(limit) - 1) / ticks(limit)))
                .min()
                .orElseThrow();
    }

    private long ticks(Limit limit) {
        return tick.ticks(limit) + graceTicks;
    }

    /** Adds the claim of permits to the arguments of a script, in the order of {@code claims.lua}. */
    void addClaim(List<byte[]> arguments, long keptTicks, int permits, boolean advisory) {
        arguments.add(algorithm);
        arguments.add(micros);
        arguments.add(text(keptTicks));
        arguments.add(capacity);
        arguments.add(text(permits));
        arguments.add(advisory ? YES : NO);
        arguments.addAll(windows);
    }

    static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
