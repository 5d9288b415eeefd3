package dev.headway.server.throttle;

/**
 * How clients are told apart, limited and told about it; an immutable value.
 *
 * @param enabled whether anything is counted at all
 * @param rates the limits
 * @param wording how clients are told about them
 * @param callers how clients are told apart
 * @param maxClients how many clients, each counted once per endpoint, are held in memory
 */
public record RateLimitSettings(boolean enabled, Rates rates, Wording wording, CallerRules callers, int maxClients) {}
