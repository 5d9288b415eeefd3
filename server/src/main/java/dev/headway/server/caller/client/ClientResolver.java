package dev.headway.server.caller.client;

import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.address.NetworkSet;
import java.util.List;

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
    private final NetworkSet trustedProxies;
    private final int ipv6Prefix;
    private final ForwardedFor forwardedFor;
    private final Forwarded forwarded;

    /**
     * Counts clients of IPv6 by their first bits.
     *
     * @param trustedProxies the peers that may speak for others
     * @param ipv6Prefix the number of leading bits that make one client, 1 to 128
     */
    public ClientResolver(NetworkSet trustedProxies, int ipv6Prefix) {
        if (ipv6Prefix < 1 || ipv6Prefix > 128) {
            throw new IllegalArgumentException("an IPv6 prefix of " + ipv6Prefix + " bits; accepted are 1 to 128");
        }
        this.trustedProxies = trustedProxies;
        this.ipv6Prefix = ipv6Prefix;
        this.forwardedFor = new ForwardedFor(trustedProxies);
        this.forwarded = new Forwarded(trustedProxies);
    }

    /** Returns what there is to know about the other end of a connection. */
    public Peer peer(ClientAddress address) {
        return new Peer(client(address), trustedProxies.contains(address));
    }

    /** Returns the client that sent one request. */
    public Client client(Peer peer, FieldValues fields) {
        if (!peer.trusted()) {
            return peer.client();
        }
        return testimony(fields) instanceof Testimony.Names named ? client(named.address()) : peer.client();
    }

    /** Returns the client at an address. */
    public Client client(ClientAddress address) {
        return new Client(address, address.grouped(ipv6Prefix));
    }

    private Testimony testimony(FieldValues fields) {
        Testimony first = forwardedFor.read(fields.all("x-forwarded-for"));
        if (first != Testimony.SILENCE) {
            return first;
        }
        Testimony second = realIp(fields.all("x-real-ip"));
        return second != Testimony.SILENCE ? second : forwarded.read(fields.all("forwarded"));
    }

    /** Returns whom X-Real-IP names; it has one value, so of two none is believed. */
    private static Testimony realIp(List<String> fields) {
        Testimony found = Testimony.SILENCE;
        for (String field : fields) {
            int start = Blanks.skip(field, 0, field.length());
            int stop = Blanks.skipBackwards(field, start, field.length());
            if (start < stop) {
                found = found == Testimony.SILENCE ? Testimony.ofHop(field, start, stop) : Testimony.GIBBERISH;
            }
        }
        return found;
    }
}
