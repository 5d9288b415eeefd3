package dev.headway.server.http.server;

import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Peer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts open connections, all and by client, and says when there are enough; safe to share between threads.
 *
 * <p>A proxy that we trust brings many clients, so its connections only count among all.
 */
final class OpenConnections {
    private final HttpSettings.Connections bounds;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<ClientAddress, Integer> byClient = new ConcurrentHashMap<>();

    OpenConnections(HttpSettings.Connections bounds) {
        this.bounds = bounds;
    }

    /** Counts a connection unless there are enough; one that was counted must leave again. */
    boolean tryEnter(Peer peer) {
        if (all.incrementAndGet() > bounds.max()) {
            all.decrementAndGet();
            return false;
        }
        if (!peer.trusted() && byClient.merge(peer.client().network(), 1, Integer::sum) > bounds.maxPerClient()) {
            leave(peer);
            return false;
        }
        return true;
    }

    /** Takes a connection out of the count. */
    void leave(Peer peer) {
        all.decrementAndGet();
        if (!peer.trusted()) {
            byClient.computeIfPresent(peer.client().network(), (client, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Returns how many connections are open. */
    int count() {
        return all.get();
    }
}
