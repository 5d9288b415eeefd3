package dev.headway.limiter;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a limiter agrees on with its store. Immutable and valid.
 *
 * @param name sets the limiter's keys apart from those of others: 1 to 64 letters, digits, dots, hyphens and underscores
 * @param algorithm how the limiter counts
 * @param limits the limits, at least one
 * @param burst how many tokens a bucket holds, at least 1, or {@link #NO_BURST}; only a token bucket has any
 */
public record Terms(String name, Algorithm algorithm, List<Limit> limits, int burst) {
    /** The burst of all but token buckets, and of buckets that hold as many tokens as their limit has permits. */
    public static final int NO_BURST = 0;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Throws {@link IllegalArgumentException} for a name, limits or a burst that are not accepted. */
    public Terms {
        limits = List.copyOf(limits);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a limiter named \"" + name
                    + "\"; 1 to 64 letters, digits, dots, hyphens and underscores are accepted");
        }
        if (limits.isEmpty()) {
            throw new IllegalArgumentException("limiter \"" + name + "\" has no limits; at least one is needed");
        }
        if (burst < 0 || (burst != NO_BURST && algorithm != Algorithm.TOKEN_BUCKET)) {
            throw new IllegalArgumentException(
                    "limiter \"" + name + "\" with algorithm " + algorithm + " and a burst of " + burst
                            + "; a burst of at least 1 is accepted, with " + Algorithm.TOKEN_BUCKET + " alone");
        }
    }

    /** Makes the terms of a limiter without a burst. */
    public Terms(String name, Algorithm algorithm, List<Limit> limits) {
        this(name, algorithm, limits, NO_BURST);
    }

    /** Throws {@link IllegalArgumentException} if others are asked for by the same name, which says what the difference is. */
    public void requireSame(Terms asked) {
        if (!limits.equals(asked.limits)) {
            throw differs("limits", asked.limits, limits);
        }
        if (algorithm != asked.algorithm) {
            throw differs("algorithm", asked.algorithm, algorithm);
        }
        if (burst != asked.burst) {
            throw differs("burst", asked.burst, burst);
        }
    }

    /** Throws {@link UnsupportedOperationException} if nobody can wait for permits that are counted so. */
    public void requireLine() {
        if (!algorithm.keepsLine()) {
            throw new UnsupportedOperationException("algorithm " + algorithm + " keeps no place in the future; "
                    + Algorithm.SLIDING_WINDOW + ", " + Algorithm.TOKEN_BUCKET + " and " + Algorithm.PACING + " do");
        }
    }

    private IllegalArgumentException differs(String what, Object asked, Object held) {
        return new IllegalArgumentException("limiter \"" + name + "\" with " + what + " " + asked
                + "; the store has one of that name with " + what + " " + held);
    }

    /** Returns these terms with other limits. */
    public Terms withLimits(List<Limit> newLimits) {
        return new Terms(name, algorithm, newLimits, burst);
    }
}
