package dev.headway.limiter;

import java.time.Duration;
import java.util.List;

/**
 * The answer to one request for permits. Immutable.
 *
 * <p>Refused requests take nothing: only {@link Allowed} has changed how the limits stand. (What stands behind {@link StoreUnknown} nobody
 * knows.) {@link Shadowed} and {@link StoreUnknown} are answers of limiters that were asked to give them.
 */
public sealed interface Decision {
    /** Returns whether the permits were given. */
    boolean allowed();

    /** Returns how each limit stands after the decision, in the order of the limiter. */
    List<Usage> usages();

    /** Why a request was refused that may be repeated later. */
    enum Cause {
        /** A limit has no room yet. */
        LIMIT,
        /** The key is new, and the store holds as many live keys as it may. */
        STORE_FULL,
        /** The key was refused too often and is shut out for a while; see {@link Penalty}. */
        PENALTY
    }

    /**
     * The permits were given.
     *
     * @param usages how each limit stands, these permits counted
     * @param receipt what gives the permits back
     * @param waitNanos nanoseconds after which the caller may go; zero, unless the permits were reserved for later
     */
    record Allowed(List<Usage> usages, Receipt receipt, long waitNanos) implements Decision {
        /** Makes the answer to a caller who may go at once. */
        public Allowed(List<Usage> usages, Receipt receipt) {
            this(usages, receipt, 0);
        }

        /** Makes the answer of a store that takes no permits back. */
        public Allowed(List<Usage> usages) {
            this(usages, Receipt.none());
        }

        /** Copies the list unless it is immutable already. */
        public Allowed {
            usages = List.copyOf(usages);
        }

        @Override
        public boolean allowed() {
            return true;
        }

        /** Returns the time after which the caller may go; zero, unless the permits were reserved for later. */
        public Duration waitTime() {
            return Duration.ofNanos(waitNanos);
        }

        /** Gives the permits back, if they were not asked for after all; see {@link Receipt#refund}. */
        public boolean refund() {
            return receipt.refund();
        }
    }

    /**
     * The permits were not given, and may be later.
     *
     * @param usages how each limit stands
     * @param retryAfterNanos nanoseconds until the same request fits, if nobody else takes permits of the key until then
     * @param refusedBy the limits without room, at least one; all limits if the cause is another
     * @param cause why
     */
    record Refused(List<Usage> usages, long retryAfterNanos, List<Limit> refusedBy, Cause cause) implements Decision {
        /** Copies the lists unless they are immutable already. */
        public Refused {
            usages = List.copyOf(usages);
            refusedBy = List.copyOf(refusedBy);
        }

        @Override
        public boolean allowed() {
            return false;
        }

        /** Returns the time until the same request fits: never too short, and not rounded to seconds. */
        public Duration retryAfter() {
            return Duration.ofNanos(retryAfterNanos);
        }
    }

    /**
     * The request asks for more permits at once than a limit has; waiting does not help.
     *
     * @param usages how each limit stands
     * @param refusedBy the limits that are too small, at least one
     */
    record NeverPossible(List<Usage> usages, List<Limit> refusedBy) implements Decision {
        /** Copies the lists unless they are immutable already. */
        public NeverPossible {
            usages = List.copyOf(usages);
            refusedBy = List.copyOf(refusedBy);
        }

        @Override
        public boolean allowed() {
            return false;
        }
    }

    /**
     * The caller goes on, though a limiter that is not in shadow mode would have held it up.
     *
     * @param instead what that limiter would have answered: a refusal, or permits to wait for
     */
    record Shadowed(Decision instead) implements Decision {
        @Override
        public boolean allowed() {
            return true;
        }

        /** Returns how each limit stands, as the other answer tells it. */
        @Override
        public List<Usage> usages() {
            return instead.usages();
        }
    }

    /**
     * The store gave no decision; the limiter's {@link StoreFailurePolicy} made this of it.
     *
     * @param allowed whether the policy lets the request go on
     * @param failure what happened, and whether permits may have been spent
     */
    record StoreUnknown(boolean allowed, StoreUnavailableException failure) implements Decision {
        /** Returns nothing, as nothing is known. */
        @Override
        public List<Usage> usages() {
            return List.of();
        }
    }
}
