package dev.headway.server.throttle.settings;

/** What becomes of limits while the store that many servers share gives no decision. */
public enum WhenAway {
    /** They go on in this server alone. */
    MEMORY,
    /** Everybody is let in. */
    ALLOW,
    /** Nobody is let in. */
    DENY
}
