package dev.headway.server.http;

/**
 * What a route does with the body of a request; an immutable value.
 *
 * @param keep whether the handler gets to see the bytes
 * @param maxBytes the largest body that is let in; a larger one is answered 413
 */
public record BodyRule(boolean keep, int maxBytes) {
    private static final int IGNORED_MAX_BYTES = 1 << 20;

    /** Refuses a bound below zero. */
    public BodyRule {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + "; a bound on a body is 0 or more bytes");
        }
    }

    /** A body is of no use here: up to 1 MiB of it is read and dropped, so that careless clients are still served. */
    public static BodyRule ignored() {
        return new BodyRule(false, IGNORED_MAX_BYTES);
    }

    /** The body is read whole into memory, up to this many bytes. */
    public static BodyRule upTo(int maxBytes) {
        return new BodyRule(true, maxBytes);
    }
}
