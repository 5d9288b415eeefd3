package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import java.util.List;

/** How long Redis keeps what is taken by one limiter, so that none of its views misses anything. Implementations are safe to share between threads. */
interface Retention {
    /** Returns for how many ticks what is taken is kept. */
    long ticks();

    /** Makes sure that enough is kept for these limits besides all others; throws {@link IllegalArgumentException} if it cannot be. */
    void addView(List<Limit> limits);

    /** Makes sure that enough is kept for limits that take the place of others; throws {@link IllegalArgumentException} if it cannot be. */
    void changeTo(List<Limit> limits);

    /** Returns the limits by which a refund of what these have given is counted, so that it never gives back what others took. */
    List<Limit> forRefunds(List<Limit> limits);
}
