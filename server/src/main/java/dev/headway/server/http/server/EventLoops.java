package dev.headway.server.http.server;

import dev.headway.limiter.Ticker;
import dev.headway.server.caller.client.ClientResolver;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.Throttle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The threads that do the networking of a server that is still to come; for the thread that starts it.
 *
 * <p>Loading what they need takes a tenth of a start, so that is done on a thread of its own while the rest is made ready.
 */
public final class EventLoops implements AutoCloseable {
    private final HttpSettings settings;
    private final CompletableFuture<Vertx> vertx;
    private boolean isHandedOver;

    private EventLoops(HttpSettings settings, CompletableFuture<Vertx> vertx) {
        this.settings = settings;
        this.vertx = vertx;
    }

    /** Begins to make them, and does not wait for it. */
    public static EventLoops prepare(HttpSettings settings) {
        CompletableFuture<Vertx> vertx = new CompletableFuture<>();
        Thread maker = new Thread(() -> make(settings, vertx), "event-loops");
        maker.setDaemon(true);
        maker.start();
        return new EventLoops(settings, vertx);
    }

    // Whatever is thrown, errors included, is thrown again where the result is waited for.
    @SuppressWarnings("CatchingThrowable")
    private static void make(HttpSettings settings, CompletableFuture<Vertx> vertx) {
        try {
            vertx.complete(Vertx.builder().with(options(settings)).build());
        } catch (Throwable fault) {
            vertx.completeExceptionally(fault);
        }
    }

    private static VertxOptions options(HttpSettings settings) {
        return new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(settings.eventLoops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /**
     * Starts to listen, and tells of requests; the server closes these threads.
     *
     * @param routes the API, in order of declaration
     * @param throttle the limits
     * @param resolver who is asking
     * @param keys the keys that callers must show
     * @param meters what is told of requests
     * @param ticker the time by which deadlines are measured
     * @param clock the time of day
     * @throws PortUnavailable when the address is in use or cannot be had
     */
    public HttpServer serve(
            List<Route> routes,
            Throttle throttle,
            ClientResolver resolver,
            Keys keys,
            RequestMeters meters,
            Ticker ticker,
            Clock clock) {
        Surface surface = HttpServer.surface(settings, routes, throttle, resolver, keys, meters);
        isHandedOver = true;
        return HttpServer.listen(surface, vertx.join(), ticker, clock);
    }

    /** Ends the threads, unless a server has them. */
    @Override
    public void close() {
        if (!isHandedOver) {
            vertx.join().close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
