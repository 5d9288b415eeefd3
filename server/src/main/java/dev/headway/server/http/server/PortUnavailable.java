package dev.headway.server.http.server;

/** The server cannot listen where it was told to; the message is a sentence for the operator. */
public final class PortUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortUnavailable(String message) {
        super(message);
    }

    PortUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
