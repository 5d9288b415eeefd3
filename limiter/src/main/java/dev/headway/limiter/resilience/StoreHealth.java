package dev.headway.limiter.resilience;

import java.util.Optional;

/**
 * How a {@link ResilientStore} got on with the store that it asks. Immutable.
 *
 * @param state whether that store is asked at the moment
 * @param lastFailure what was wrong the last time that it gave no decision
 * @param failures how often it gave no decision since this store was made
 * @param decidedAlone how many requests were decided without it, by the stand-in
 * @param refusedFromMemory how many requests were refused without asking, since the refusal was known
 */
public record StoreHealth(
        State state, Optional<String> lastFailure, long failures, long decidedAlone, long refusedFromMemory) {
    /** Whether the store is asked. */
    public enum State {
        /** It is asked, and answers. */
        CONNECTED,
        /** It has failed too often in a row, and is left alone for a while. */
        AWAY,
        /** It was away, and one request is asking whether it is back. */
        PROBING
    }
}
