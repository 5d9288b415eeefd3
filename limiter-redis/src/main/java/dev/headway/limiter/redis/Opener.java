package dev.headway.limiter.redis;

import dev.headway.limiter.Ticker;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens connections to what is at an address. Threads share it.
 *
 * <p>A server, and the master of whom Sentinel tells, has one connection, which Lettuce does not mend: it would send again what had
 * no reply yet. The connections to the nodes of a cluster Lettuce must mend by itself, since all of them are one to us; there it
 * is told to send nothing again, and to refuse what comes while a node is away.
 */
final class Opener implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LOOK_AT_CLUSTER = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    // Requests that wait for replies; bounds the memory that a Redis which stopped answering can cost.
    private static final int MOST_IN_FLIGHT = 20_000;

    private final ClientResources resources;
    private final LastWords lastWords;
    private final AbstractRedisClient client;
    private final Supplier<CompletableFuture<Masters>> opening;

    private Opener(
            ClientResources resources,
            LastWords lastWords,
            AbstractRedisClient client,
            Supplier<CompletableFuture<Masters>> opening) {
        this.resources = resources;
        this.lastWords = lastWords;
        this.client = client;
        this.opening = opening;
    }

    static Opener of(RedisAddress address) {
        address.nodes().forEach(Opener::setTimeouts);
        LastWords lastWords = new LastWords();
        ClientResources resources = ClientResources.builder()
                .nettyCustomizer(new Gathering(lastWords))
                .build();
        return address.topology() == RedisAddress.Topology.CLUSTER
                ? cluster(resources, lastWords, address)
                : server(resources, lastWords, address);
    }

    private static void setTimeouts(RedisURI node) {
        node.setTimeout(CONNECT_TIMEOUT);
        node.getSentinels().forEach(sentinel -> sentinel.setTimeout(CONNECT_TIMEOUT));
    }

    private static Opener server(ClientResources resources, LastWords lastWords, RedisAddress address) {
        RedisURI uri = address.nodes().get(0);
        RedisClient client = RedisClient.create(resources);
        ClientOptions.Builder options = ClientOptions.builder();
        setOptions(options, address);
        client.setOptions(options.autoReconnect(false).build());
        return new Opener(
                resources,
                lastWords,
                client,
                () -> client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                        .toCompletableFuture()
                        .thenApply(connection -> Masters.of(connection, Ticker.system())));
    }

    private static Opener cluster(ClientResources resources, LastWords lastWords, RedisAddress address) {
        RedisClusterClient client = RedisClusterClient.create(resources, address.nodes());
        ClusterClientOptions.Builder options = ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(LOOK_AGAIN)
                        .enablePeriodicRefresh(LOOK_AT_CLUSTER)
                        .build());
        setOptions(options, address);
        options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
        options.replayFilter(command -> true);
        client.setOptions(options.build());
        return new Opener(
                resources,
                lastWords,
                client,
                () -> client.refreshPartitionsAsync()
                        .thenCompose(known -> client.connectAsync(ByteArrayCodec.INSTANCE))
                        .toCompletableFuture()
                        .thenApply(connection -> Masters.of(connection, Ticker.system())));
    }

    private static void setOptions(ClientOptions.Builder options, RedisAddress address) {
        options.requestQueueSize(MOST_IN_FLIGHT)
                .sslOptions(address.tls().options())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(
                                address.nodes().get(0).getSocket() == null) // TCP's; a Unix socket would complain of it
                        .build());
    }

    /** Begins to open a connection; the future fails with what Lettuce, or Redis, says is wrong. */
    CompletableFuture<Masters> open() {
        try {
            return opening.get()
                    .whenComplete((masters, failure) -> lastWords.forgetUnless(failure != null))
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(lastWords.explain(failure)));
        } catch (RuntimeException e) {
            // The client was closed just now.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Ends what waits for a reply and stops the client's threads; blocks for at most a few seconds. */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
        resources
                .shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(SHUTDOWN_TIMEOUT.toMillis());
    }
}
