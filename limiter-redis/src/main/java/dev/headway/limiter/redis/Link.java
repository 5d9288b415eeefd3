package dev.headway.limiter.redis;

import java.util.concurrent.CompletableFuture;

/**
 * The one connection of a store, opened when it is first needed and again after it broke. Threads share it.
 *
 * <p>A permit could be taken twice, long after its caller gave up, if a request were sent again over a new connection. Here a broken
 * connection ends whatever waits for a reply, and the next request opens a new one. However many requests find it broken,
 * one attempt is under way at a time and all of them wait for it, each until its own deadline.
 */
final class Link implements AutoCloseable {

    private final Opener opener;
    private final String address;
    private final boolean hasSlots;
    private volatile CompletableFuture<Masters> latest =
            CompletableFuture.failedFuture(new IllegalStateException("not yet opened"));
    private volatile boolean closed;

    Link(RedisAddress address) {
        this.opener = Opener.of(address);
        this.address = address.describe();
        this.hasSlots = address.topology() == RedisAddress.Topology.CLUSTER;
    }

    /** Where Redis is, for messages: no password in it. */
    String address() {
        return address;
    }

    /** Whether keys are spread over a cluster, so that only those of one hash slot can be asked about together. */
    boolean hasSlots() {
        return hasSlots;
    }

    /** Throws {@link IllegalStateException} after {@link #close}. */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store at " + address + " is closed");
        }
    }

    /** The connection, or the attempt to open one, which fails after {@link #close}. */
    CompletableFuture<Masters> connection() {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("the store is closed"));
        }
        CompletableFuture<Masters> known = latest;
        return isUsable(known) ? known : replace(known);
    }

    private synchronized CompletableFuture<Masters> replace(CompletableFuture<Masters> broken) {
        if (latest == broken) {
            if (!broken.isCompletedExceptionally()) {
                broken.join().abandon(); // Lettuce keeps a list of connections, also of broken ones
            }
            latest = opener.open();
        }
        return latest;
    }

    private static boolean isUsable(CompletableFuture<Masters> known) {
        if (!known.isDone()) {
            return true;
        }
        return !known.isCompletedExceptionally() && known.join().isOpen();
    }

    /** Ends what waits for a reply and stops the client's threads; blocks for at most a few seconds. */
    @Override
    public void close() {
        closed = true;
        opener.close();
    }
}
