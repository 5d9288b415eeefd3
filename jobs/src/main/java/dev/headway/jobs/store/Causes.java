package dev.headway.jobs.store;

/** Looks through wrapped exceptions for the one that knows. Stateless. */
final class Causes {
    private Causes() {}

    static Throwable last(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null || cause == error ? error : last(cause);
    }

    static String lastMessage(Throwable error) {
        return String.valueOf(last(error).getMessage());
    }
}
