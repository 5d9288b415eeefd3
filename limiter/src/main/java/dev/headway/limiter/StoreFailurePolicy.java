package dev.headway.limiter;

/** What a limiter makes of a request about which its store gave no decision. Immutable. */
public enum StoreFailurePolicy {
    /** Throws the store's {@link StoreUnavailableException} to the caller. */
    THROW,
    /** Lets the request go on: without its store the limiter limits nothing. */
    ALLOW,
    /** Refuses the request: without its store the limiter stops everything. */
    REFUSE
}
