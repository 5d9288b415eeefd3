package dev.headway.limiter;

/**
 * One request of a limiter's space, which may be made of another space as well. Immutable.
 *
 * @param kind what is asked
 * @param key whose permits are asked for
 * @param permits how many
 * @param maxWaitNanos how many nanoseconds a reservation may lie ahead; of no meaning to other kinds
 */
record Attempt(Kind kind, Key key, int permits, long maxWaitNanos) {
    enum Kind {
        TAKE,
        PEEK,
        RESERVE
    }

    static Attempt take(Key key, int permits) {
        return new Attempt(Kind.TAKE, key, permits, 0);
    }

    static Attempt peek(Key key, int permits) {
        return new Attempt(Kind.PEEK, key, permits, 0);
    }

    static Attempt reserve(Key key, int permits, long maxWaitNanos) {
        return new Attempt(Kind.RESERVE, key, permits, maxWaitNanos);
    }

    /** Returns whether the request may change how the limits stand. */
    boolean takes() {
        return kind != Kind.PEEK;
    }

    Decision of(LimitSpace space) {
        return switch (kind) {
            case TAKE -> take(space);
            case PEEK -> space.peek(key, permits);
            case RESERVE -> space.reserve(key, permits, maxWaitNanos);
        };
    }

    private Decision take(LimitSpace space) {
        if (key instanceof Key.Text text) {
            return space.tryAcquire(text.text(), permits);
        }
        Key.Bits bits = (Key.Bits) key;
        return space.tryAcquire(bits.high(), bits.low(), permits);
    }
}
