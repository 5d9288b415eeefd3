package dev.headway.server.http.server;

import io.vertx.core.http.HttpServerRequest;

/**
 * What the head of a request says about its body; an immutable value.
 *
 * @param chunked whether it comes in chunks, of a length that is not known yet
 * @param length the announced length in bytes, 0 without one
 * @param awaited whether the client waits to be asked for it
 */
record BodyHead(boolean chunked, long length, boolean awaited) {
    private static final BodyHead NONE = new BodyHead(false, 0, false);

    static BodyHead of(HttpServerRequest request) {
        String length = request.headers().get(HeaderNames.CONTENT_LENGTH);
        boolean chunked = request.headers().contains(HeaderNames.TRANSFER_ENCODING);
        boolean awaited = request.headers().contains(HeaderNames.EXPECT);
        if (length == null && !chunked && !awaited) {
            return NONE;
        }
        return new BodyHead(chunked, length == null ? 0 : Long.parseLong(length), awaited);
    }

    /** Returns whether there is no body. */
    boolean isEmpty() {
        return !chunked && length == 0;
    }

    /** Returns whether the body will come by itself, and be so short. */
    boolean isAtMost(long bytes) {
        return !chunked && !awaited && length <= bytes;
    }
}
