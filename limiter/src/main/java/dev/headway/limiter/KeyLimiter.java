package dev.headway.limiter;

/**
 * A limiter of one key that is asked for again and again, such as one that all requests share: what is worked out from the key is worked
 * out once. Safe to share between threads. {@link RateLimiter#forKey} makes one; it keeps no permits of its own.
 */
public final class KeyLimiter {
    private final LimitSpace.OneKey space;

    KeyLimiter(LimitSpace.OneKey space) {
        this.space = space;
    }

    /** Takes so many permits, at least 1, or none; answers as {@link RateLimiter#tryAcquire(String, int)} does. */
    public Decision tryAcquire(int permits) {
        return space.tryAcquire(RateLimiter.requirePositive(permits));
    }

    /** Takes so many permits, at least 1, or none; answers as {@link RateLimiter#tryAcquireNanos(String, int)} does, and allocates nothing. */
    public long tryAcquireNanos(int permits) {
        return space.tryAcquireNanos(RateLimiter.requirePositive(permits));
    }
}
