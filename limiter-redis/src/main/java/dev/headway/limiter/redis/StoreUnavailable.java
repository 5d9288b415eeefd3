package dev.headway.limiter.redis;

import dev.headway.limiter.StoreUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;

/**
 * Redis gave no decision in time. The request was neither allowed nor refused; what it should get is a policy of the
 * caller's ({@link dev.headway.limiter.StoreFailurePolicy} offers the simple ones): let it pass, refuse it, or count it in memory
 * meanwhile.
 *
 * <p>Nothing was tried twice. A request whose reply was lost may have spent its permits, so asking again could spend
 * them twice: {@link #mayHaveSpent()} tells.
 */
public final class StoreUnavailable extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;
    // Redis explains some of its refusals at length.
    private static final int LONGEST_QUOTE = 160;

    private final Reason reason;

    StoreUnavailable(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static StoreUnavailable unreachable(String address, Throwable cause) {
        return new StoreUnavailable(
                Reason.UNREACHABLE,
                "no connection to Redis at " + address + " (" + quote(root(cause)) + "); nothing was sent",
                cause);
    }

    static StoreUnavailable notSent(String address, Duration deadline, Throwable cause) {
        return new StoreUnavailable(
                Reason.UNREACHABLE,
                "no connection to Redis at " + address + " within " + deadline.toMillis() + " ms; nothing was sent",
                cause);
    }

    static StoreUnavailable notInTurn(String address, Duration deadline, Throwable cause) {
        return new StoreUnavailable(
                Reason.UNREACHABLE,
                "no turn at Redis at " + address + " within " + deadline.toMillis()
                        + " ms, behind requests that have no reply yet; nothing was sent",
                cause);
    }

    static StoreUnavailable noReply(String address, Duration deadline, Throwable cause) {
        return new StoreUnavailable(
                Reason.NO_REPLY,
                "no reply from Redis at " + address + " within " + deadline.toMillis()
                        + " ms; the permits may be spent",
                cause);
    }

    /** What a request that was sent failed by, other than by its deadline. */
    static StoreUnavailable of(String address, Throwable failure) {
        if (failure instanceof StoreUnavailable known) {
            return known;
        }
        if (failure instanceof RedisCommandExecutionException error) {
            return says(error, "CLOCKBEHIND") ? clockBehind(address, error) : serverError(address, error);
        }
        return disconnected(address, failure);
    }

    /** Errors inside of a script are told in the middle of a sentence by some versions of Redis. */
    static boolean says(RedisCommandExecutionException error, String code) {
        return String.valueOf(error.getMessage()).contains(code);
    }

    private static StoreUnavailable disconnected(String address, Throwable cause) {
        return new StoreUnavailable(
                Reason.NO_REPLY,
                "the connection to Redis at " + address + " broke (" + quote(cause)
                        + ") before the reply came; the permits may be spent",
                cause);
    }

    private static StoreUnavailable serverError(String address, Throwable cause) {
        return new StoreUnavailable(
                Reason.SERVER_ERROR,
                "Redis at " + address + " answered with an error: " + quote(cause) + "; nothing was spent",
                cause);
    }

    private static StoreUnavailable clockBehind(String address, Throwable cause) {
        return new StoreUnavailable(
                Reason.CLOCK_BEHIND,
                "the clock of Redis at " + address + " went back by more than a window: " + cause.getMessage(),
                cause);
    }

    private static String quote(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.length() <= LONGEST_QUOTE ? message : message.substring(0, LONGEST_QUOTE) + "…";
    }

    /** What is at the bottom of it: a connection refused or a password that is wrong, say. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    /** Why there is no decision. */
    public Reason reason() {
        return reason;
    }

    /** True when the request may have reached Redis, and may have taken its permits there. */
    @Override
    public boolean mayHaveSpent() {
        return reason == Reason.NO_REPLY;
    }

    /** Why there is no decision. */
    public enum Reason {
        /** There was no connection, or others that were sent before had no reply; nothing was sent. */
        UNREACHABLE,
        /** The request was sent, and no reply came within the deadline or before the connection broke. */
        NO_REPLY,
        /** Redis refused the call: it is loading, out of memory, a replica, busy, or the key holds something else. */
        SERVER_ERROR,
        /** The clock of Redis is more than a whole window behind the newest permit of the key. */
        CLOCK_BEHIND
    }
}
