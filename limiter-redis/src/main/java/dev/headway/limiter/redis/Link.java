package dev.headway.limiter.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The one connection to Redis, opened when it is first needed and again after it broke. Threads share it.
 *
 * <p>Lettuce would reconnect by itself, and would then send again what had no reply yet; a permit could so be taken
 * twice, long after its caller gave up. Here a broken connection ends whatever waits for a reply, and the next request
 * opens a new one. However many requests find it broken, one attempt is under way at a time and all of them wait for
 * it, each until its own deadline.
 */
final class Link implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);
    // Requests that wait for replies; bounds the memory that a Redis which stopped answering can cost.
    private static final int MOST_IN_FLIGHT = 20_000;

    private final RedisClient client = RedisClient.create();
    private final RedisURI uri;
    private volatile CompletableFuture<StatefulRedisConnection<byte[], byte[]>> latest =
            CompletableFuture.failedFuture(new IllegalStateException("not yet opened"));
    private volatile boolean closed;

    Link(RedisURI uri) {
        this.uri = uri;
        this.uri.setTimeout(CONNECT_TIMEOUT);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .requestQueueSize(MOST_IN_FLIGHT)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(uri.getSocket() == null) // TCP's; a Unix socket would complain of it
                        .build())
                .build());
    }

    /** Where Redis is, for messages: no password in it. */
    String address() {
        return uri.getSocket() != null ? uri.getSocket() : uri.getHost() + ":" + uri.getPort();
    }

    /** The connection, or the attempt to open one; throws {@link IllegalStateException} after {@link #close}. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection() {
        if (closed) {
            throw new IllegalStateException("the store at " + address() + " is closed");
        }
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> known = latest;
        return isUsable(known) ? known : replace(known);
    }

    private synchronized CompletableFuture<StatefulRedisConnection<byte[], byte[]>> replace(
            CompletableFuture<StatefulRedisConnection<byte[], byte[]>> broken) {
        if (latest == broken) {
            latest = open();
        }
        return latest;
    }

    private static boolean isUsable(CompletableFuture<StatefulRedisConnection<byte[], byte[]>> known) {
        if (!known.isDone()) {
            return true;
        }
        return !known.isCompletedExceptionally() && known.join().isOpen();
    }

    private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open() {
        try {
            return client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
        } catch (RuntimeException e) {
            // The client was closed just now.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Ends what waits for a reply and stops the client's threads; blocks for at most two seconds. */
    @Override
    public void close() {
        closed = true;
        client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
    }
}
