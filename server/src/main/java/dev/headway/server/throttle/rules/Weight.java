package dev.headway.server.throttle.rules;

/**
 * How many permits a request takes, by the length of its body; an immutable value.
 *
 * <p>The limit is decided before the body is read, so what counts is the length that the head announces. A body that comes in
 * chunks announces none and may become as long as the server lets it, so it weighs as much as any: else a client that wants to
 * pay less would only have to leave the length out.
 *
 * @param each permits for each portion of the body that has begun, at least one portion
 * @param perBytes the length of a portion
 * @param most permits at most
 */
public record Weight(int each, long perBytes, int most) {
    /** The length of a body that is not announced. */
    public static final long UNKNOWN_LENGTH = Long.MAX_VALUE;

    /** The weight of requests that all weigh the same. */
    public static final Weight ONE = fixed(1);

    /** Refuses what is less than one. */
    public Weight {
        if (each < 1 || perBytes < 1 || most < each) {
            throw new IllegalArgumentException("a weight of " + each + " per " + perBytes + " bytes, at most " + most
                    + "; accepted are numbers from 1, and no most below that of one portion");
        }
    }

    /** Returns a weight that does not depend on the body. */
    public static Weight fixed(int permits) {
        return new Weight(permits, Long.MAX_VALUE, permits);
    }

    /** Returns the permits that a request takes, but no more than so many. */
    public int of(BodyLength body, int possible) {
        return perBytes == Long.MAX_VALUE ? Math.min(each, possible) : of(body.atMost(), possible);
    }

    private int of(long bodyBytes, int possible) {
        int bound = Math.min(most, possible);
        long portions = Math.max(1, (bodyBytes - 1) / perBytes + 1);
        return (int) Math.min(bound, Math.min(portions, bound) * each);
    }

    /** Returns the weight in words: {@code 1}, or {@code 1 for each 1000000 bytes begun, at most 10}. */
    @Override
    public String toString() {
        if (perBytes == Long.MAX_VALUE) {
            return Integer.toString(each);
        }
        String bound = most == Integer.MAX_VALUE ? "" : ", at most " + most;
        return each + " for each " + perBytes + " bytes begun" + bound;
    }
}
