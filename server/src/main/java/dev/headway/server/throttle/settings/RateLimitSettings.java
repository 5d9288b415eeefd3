package dev.headway.server.throttle.settings;

import dev.headway.server.caller.CallerRules;
import dev.headway.server.throttle.answer.Wording;

/**
 * How clients are told apart, limited and told about it; an immutable value.
 *
 * @param enabled whether anything is counted at all
 * @param rates the limits
 * @param wording how clients are told about them
 * @param callers how clients are told apart
 * @param maxClients how many clients, each counted once per endpoint, are held in memory
 * @param storage where requests are counted
 */
public record RateLimitSettings(
        boolean enabled, Rates rates, Wording wording, CallerRules callers, int maxClients, StorageSettings storage) {
    /** Makes settings by which requests are counted in memory. */
    public RateLimitSettings(boolean enabled, Rates rates, Wording wording, CallerRules callers, int maxClients) {
        this(enabled, rates, wording, callers, maxClients, StorageSettings.MEMORY);
    }

    /** Returns these settings with another place to count requests in. */
    public RateLimitSettings countedIn(StorageSettings newStorage) {
        return new RateLimitSettings(enabled, rates, wording, callers, maxClients, newStorage);
    }
}
