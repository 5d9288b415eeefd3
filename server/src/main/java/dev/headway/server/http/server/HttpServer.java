package dev.headway.server.http.server;

import dev.headway.limiter.Ticker;
import dev.headway.server.caller.client.ClientResolver;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.Route;
import dev.headway.server.http.routing.Endpoint;
import dev.headway.server.http.routing.Router;
import dev.headway.server.throttle.Throttle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A listening server; safe to share between threads. */
public final class HttpServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final HttpSettings settings;
    private final Surface surface;
    private final Vertx vertx;
    private final List<Listener> listeners;

    private HttpServer(HttpSettings settings, Surface surface, Vertx vertx, List<Listener> listeners) {
        this.settings = settings;
        this.surface = surface;
        this.vertx = vertx;
        this.listeners = listeners;
    }

    /**
     * Starts to listen, and tells of requests.
     *
     * @param settings where, and within which bounds
     * @param routes the API, in order of declaration
     * @param throttle the limits
     * @param resolver who is asking
     * @param keys the keys that callers must show
     * @param meters what is told of requests
     * @param ticker the time by which deadlines are measured
     * @param clock the time of day
     * @throws PortUnavailable when the address is in use or cannot be had
     */
    public static HttpServer start(
            HttpSettings settings,
            List<Route> routes,
            Throttle throttle,
            ClientResolver resolver,
            Keys keys,
            RequestMeters meters,
            Ticker ticker,
            Clock clock) {
        return EventLoops.prepare(settings).serve(routes, throttle, resolver, keys, meters, ticker, clock);
    }

    /** Starts to listen on event loops, which it closes if that fails. */
    static HttpServer listen(Surface surface, Vertx vertx, Ticker ticker, Clock clock) {
        Optional<Path> socket = surface.settings().unixSocket();
        try {
            socket.ifPresent(UnixSocket::prepare);
            HttpServer server = listen(surface.settings(), surface, vertx, ticker, clock);
            socket.ifPresent(UnixSocket::open);
            return server;
        } catch (RuntimeException failure) {
            surface.workers().close();
            vertx.close().toCompletionStage().toCompletableFuture().join();
            throw failure;
        }
    }

    /** Returns the port that is listened on; -1 for a Unix socket. */
    public int port() {
        return listeners.get(0).port();
    }

    /** Returns the address to reach this server at, {@code http://127.0.0.1:8000} or {@code unix:/run/headway.sock}. */
    public String url() {
        if (settings.unixSocket().isPresent()) {
            return settings.host();
        }
        String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port();
    }

    /** Returns how many connections are open. */
    public int connections() {
        return surface.connections().count();
    }

    /** Accepts nothing more and lets what is in flight be answered, at most for so long. */
    public void shutdown(Duration grace) {
        Future<?> all = Future.join(
                listeners.stream().map(listener -> listener.shutdown(grace)).toList());
        await(all, grace.plusSeconds(1));
    }

    /** Cuts off whatever is still going on. */
    @Override
    public void close() {
        surface.workers().close();
        await(vertx.close(), START);
    }

    static Surface surface(
            HttpSettings settings,
            List<Route> routes,
            Throttle throttle,
            ClientResolver resolver,
            Keys keys,
            RequestMeters meters) {
        List<Endpoint> endpoints = routes.stream()
                .map(route ->
                        new Endpoint(route, throttle.limit(route.limitClass(), route.endpoint()), meters.of(route)))
                .toList();
        return new Surface(
                settings,
                Router.of(endpoints),
                resolver,
                new Guard(keys),
                new Cors(settings.corsOrigins()),
                new OpenConnections(settings.connections()),
                Workers.open(settings.work()),
                new BodyMemory(settings.work().bodyBytes()),
                meters,
                new Semaphore(settings.drainage().spares()));
    }

    private static HttpServer listen(HttpSettings settings, Surface surface, Vertx vertx, Ticker ticker, Clock clock) {
        // For Vert.x a negative port is one free port shared by all listeners; zero would be one for each.
        int port = settings.port() == 0 ? -1 : settings.port();
        ConcurrentLinkedQueue<Listener> listeners = new ConcurrentLinkedQueue<>();
        Future<String> deployment = vertx.deployVerticle(
                () -> {
                    Listener listener = new Listener(surface, ticker, clock, port);
                    listeners.add(listener);
                    return listener;
                },
                new DeploymentOptions().setInstances(settings.eventLoops()));
        requireListening(settings, deployment);
        return new HttpServer(settings, surface, vertx, List.copyOf(listeners));
    }

    private static void requireListening(HttpSettings settings, Future<String> deployment) {
        try {
            deployment.toCompletionStage().toCompletableFuture().get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw unavailable(settings, failure.getCause() == null ? failure : failure.getCause());
        } catch (TimeoutException failure) {
            throw unavailable(settings, failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw unavailable(settings, failure);
        }
    }

    private static PortUnavailable unavailable(HttpSettings settings, Throwable cause) {
        String address = settings.host() + ":" + settings.port();
        return new PortUnavailable("Cannot listen on " + address + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("already in use")) {
            return "the port is in use by another program";
        }
        if (message.contains("assign requested address")) {
            return "it is not an address of this machine";
        }
        return message;
    }

    private static void await(Future<?> future, Duration atMost) {
        try {
            future.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException cutOff) {
            // What did not end in its time is cut off by the close that follows.
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
