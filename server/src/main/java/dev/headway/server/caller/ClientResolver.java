package dev.headway.server.caller;

import java.util.List;
import java.util.Optional;

/**
 * Finds out who is asking; immutable, so threads may share it.
 *
 * <p>A client may write any header it likes, so headers count only when the TCP peer is a proxy that we trust. Each proxy
 * appends the address it was spoken to from, hence the list is read from the right: what a trusted proxy wrote is true,
 * and the first address that is not itself a trusted proxy is the client. All further left is hearsay.
 *
 * <pre>{@code
 * trusted 10.0.0.0/8
 * peer 203.0.113.7, X-Forwarded-For: 198.51.100.1            -> 203.0.113.7  (not a proxy of ours: header ignored)
 * peer 10.0.0.2,    X-Forwarded-For: 1.2.3.4, 198.51.100.1   -> 198.51.100.1 (1.2.3.4 was made up by the client)
 * peer 10.0.0.2,    X-Forwarded-For: 198.51.100.1, 10.0.0.9  -> 198.51.100.1 (10.0.0.9 is one more proxy)
 * }</pre>
 *
 * <p>Where every hop is trusted, the leftmost is the client. One header decides: X-Forwarded-For if it names anyone, else
 * X-Real-IP, else RFC 7239 Forwarded. A value that cannot be read is not skipped over, because a client could so push its
 * inventions into view: the peer is counted instead.
 */
public final class ClientResolver {
    private final List<AddressRange> trustedProxies;
    private final int ipv6Prefix;

    /**
     * Counts clients of IPv6 by their first bits.
     *
     * @param trustedProxies the peers that may speak for others
     * @param ipv6Prefix the number of leading bits that make one client, 1 to 128
     */
    public ClientResolver(List<AddressRange> trustedProxies, int ipv6Prefix) {
        if (ipv6Prefix < 1 || ipv6Prefix > 128) {
            throw new IllegalArgumentException("an IPv6 prefix of " + ipv6Prefix + " bits; accepted are 1 to 128");
        }
        this.trustedProxies = List.copyOf(trustedProxies);
        this.ipv6Prefix = ipv6Prefix;
    }

    /** Returns what there is to know about the other end of a connection. */
    public Peer peer(ClientAddress address) {
        return new Peer(address, address.grouped(ipv6Prefix), isTrusted(address));
    }

    /** Returns the address by which the sender of one request is counted. */
    public ClientAddress client(Peer peer, FieldValues fields) {
        if (!peer.trusted()) {
            return peer.client();
        }
        return forwardedFor(fields).map(address -> address.grouped(ipv6Prefix)).orElse(peer.client());
    }

    private Optional<ClientAddress> forwardedFor(FieldValues fields) {
        List<String> hops = HopList.ofCommaSeparated(fields.all("x-forwarded-for"));
        if (!hops.isEmpty()) {
            return firstUntrusted(hops);
        }
        List<String> realIp = HopList.ofCommaSeparated(fields.all("x-real-ip"));
        if (!realIp.isEmpty()) {
            return realIp.size() == 1 ? AddressText.findInHop(realIp.get(0)) : Optional.empty();
        }
        return firstUntrusted(HopList.ofForwarded(fields.all("forwarded")));
    }

    private Optional<ClientAddress> firstUntrusted(List<String> hops) {
        Optional<ClientAddress> client = Optional.empty();
        for (int index = hops.size() - 1; index >= 0; index--) {
            client = AddressText.findInHop(hops.get(index));
            if (client.filter(this::isTrusted).isEmpty()) {
                return client;
            }
        }
        return client;
    }

    private boolean isTrusted(ClientAddress address) {
        for (AddressRange range : trustedProxies) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
