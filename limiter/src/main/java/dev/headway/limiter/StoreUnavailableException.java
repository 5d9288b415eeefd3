package dev.headway.limiter;

import java.io.Serial;

/**
 * A store gave no decision in time: the request was neither allowed nor refused. Immutable; a store that can be away throws a kind of
 * its own.
 *
 * <p>What the request should get is the limiter's {@link StoreFailurePolicy}. Nothing else may reach that policy: a refusal is an
 * answer, and a fault of the caller is thrown as it is.
 */
public abstract class StoreUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Says what was asked of which store and what came of it, and what caused that. */
    protected StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns whether the request may have reached the store, and may have taken its permits there. */
    public abstract boolean mayHaveSpent();
}
