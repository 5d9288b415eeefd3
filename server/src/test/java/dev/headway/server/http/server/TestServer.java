package dev.headway.server.http.server;

import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Ticker;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.address.AddressRange;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.caller.client.ClientResolver;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A real server on a free port, whose limits go by a hand-moved ticker, and a client for it; for one test at a time. */
final class TestServer implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final ManualTicker limitTicker = new ManualTicker();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;

    private TestServer(Builder builder) {
        LimitStore store = builder.store.orElseGet(
                () -> MemoryStore.builder().ticker(limitTicker).build());
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
        this.server = HttpServer.start(
                builder.settings,
                builder.routes,
                new Throttle(builder.rateLimits, store, clock),
                new ClientResolver(builder.trusted, 64),
                builder.keys,
                builder.meters,
                Ticker.system(),
                clock);
    }

    static Builder with(Route... routes) {
        return new Builder(List.of(routes));
    }

    static final class Builder {
        private final List<Route> routes;
        private HttpSettings settings = HttpBounds.generous();
        private RateLimitSettings rateLimits = RateLimits.defaults();
        private NetworkSet trusted = NetworkSet.of(List.of());
        private Keys keys = Keys.none();
        private RequestMeters meters = RequestMeters.NONE;
        private Optional<LimitStore> store = Optional.empty();

        private Builder(List<Route> routes) {
            this.routes = routes;
        }

        Builder settings(HttpSettings other) {
            settings = other;
            return this;
        }

        Builder rateLimits(RateLimitSettings other) {
            rateLimits = other;
            return this;
        }

        Builder trusting(String range) {
            return trusting(NetworkSet.of(List.of(AddressRange.parse(range))));
        }

        Builder trusting(NetworkSet ranges) {
            trusted = ranges;
            return this;
        }

        Builder keys(Keys other) {
            keys = other;
            return this;
        }

        Builder meters(RequestMeters other) {
            meters = other;
            return this;
        }

        /** Has requests counted in another store, which the test closes. */
        Builder store(LimitStore other) {
            store = Optional.of(other);
            return this;
        }

        TestServer start() {
            return new TestServer(this);
        }
    }

    ManualTicker limitTicker() {
        return limitTicker;
    }

    HttpServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create(server.url() + path);
    }

    RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)).build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    /** Returns whether a GET is turned away for want of workers. */
    boolean isBusy(String path) {
        return answers(503, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    /** Returns whether a POST of this body is turned away for want of memory. */
    boolean isBusy(String path, String body) {
        return answers(
                503, "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Returns whether somebody new can connect. */
    boolean accepts() {
        try (RawClient client = connect()) {
            return client.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private boolean answers(int status, String request) {
        try (RawClient client = connect()) {
            return client.send(request).read().status() == status;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        server.close();
    }
}
