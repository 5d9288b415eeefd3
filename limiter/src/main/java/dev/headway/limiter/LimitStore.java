package dev.headway.limiter;

import java.util.List;

/** Where limiters keep what their keys have used. Implementations are shared by many limiters and many threads. */
public interface LimitStore extends AutoCloseable {
    /**
     * Returns the space of the limiter with this name, by the exact sliding window; keys of differently named limiters never meet. Throws {@link
     * IllegalArgumentException} if the store cannot keep such limits, or if the name is taken by a limiter with other limits.
     */
    LimitSpace open(String name, List<Limit> limits);

    /** Does as {@link #open(String, List)} by the algorithm; throws {@link IllegalArgumentException} also if the store has not got it. */
    default LimitSpace open(String name, List<Limit> limits, Algorithm algorithm) {
        if (algorithm != Algorithm.SLIDING_WINDOW) {
            throw new IllegalArgumentException("limiter \"" + name + "\" with algorithm " + algorithm
                    + "; this store accepts " + Algorithm.SLIDING_WINDOW);
        }
        return open(name, limits);
    }

    /** Lets go of everything that the store holds; a closed store must not be asked again. */
    @Override
    void close();
}
