package dev.headway.limiter.resilience;

import dev.headway.limiter.StoreUnavailableException;
import java.io.Serial;

/** A store was not asked, because it had failed too often just before. Immutable. */
final class StoreLeftAlone extends StoreUnavailableException {
    @Serial
    private static final long serialVersionUID = 1;

    StoreLeftAlone(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean mayHaveSpent() {
        return false;
    }
}
