package dev.headway.limiter;

/** Where limiters keep what their keys have used. Implementations are shared by many limiters and many threads. */
public interface LimitStore extends AutoCloseable {
    /**
     * Returns the space of the limiter with these terms; keys of differently named limiters never meet. Throws {@link
     * IllegalArgumentException} if the store cannot keep such terms, or if the name is taken by a limiter with others.
     */
    LimitSpace open(Terms terms);

    /** Lets go of everything that the store holds; a closed store must not be asked again. */
    @Override
    void close();
}
