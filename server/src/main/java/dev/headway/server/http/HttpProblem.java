package dev.headway.server.http;

/**
 * Thrown by a handler that wants to end here with a certain answer; it is not logged.
 *
 * <p>It carries no stack trace: it is a way to answer, not a fault.
 */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Response response;

    /** Ends the request with this answer. */
    public HttpProblem(Response response) {
        super("HTTP " + response.status(), null, false, false);
        this.response = response;
    }

    /** Returns a problem in the shape {@code {"detail":"text"}}. */
    public static HttpProblem detail(int status, String text) {
        return new HttpProblem(Response.detail(status, text));
    }

    /** Returns the answer to give. */
    public Response response() {
        return response;
    }
}
