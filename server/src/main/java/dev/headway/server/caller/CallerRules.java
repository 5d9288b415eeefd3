package dev.headway.server.caller;

import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.caller.client.ClientResolver;

/**
 * How callers are told apart; an immutable value.
 *
 * @param trustedProxies the peers that may speak for others
 * @param ipv6Prefix the number of leading bits that make one client of IPv6
 * @param countedBy what a quota belongs to
 * @param allowed who is never limited
 * @param denied who is not served, which goes before being allowed
 */
public record CallerRules(
        NetworkSet trustedProxies, int ipv6Prefix, CountedBy countedBy, CallerSet allowed, CallerSet denied) {
    /** Returns a resolver that tells clients apart as these rules say. */
    public ClientResolver resolver() {
        return new ClientResolver(trustedProxies, ipv6Prefix);
    }
}
