package dev.headway.server.http.server;

import dev.headway.limiter.Ticker;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Peer;
import dev.headway.server.http.Response;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The share that one event loop has of a server: it accepts connections and looks after their deadlines. */
final class Listener extends VerticleBase {
    private static final int MAX_HEAD_BYTES = 8192;
    private static final int MAX_REQUEST_LINE_BYTES = 4096;

    private final Surface surface;
    private final Ticker ticker;
    private final DateField date;
    private final RequestTimer timer;
    private final HttpServerOptions options;
    private final Set<Connection> connections = new HashSet<>();
    private Optional<HttpServer> server = Optional.empty();

    Listener(Surface surface, Ticker ticker, Clock clock, int port) {
        this.surface = surface;
        this.ticker = ticker;
        this.date = new DateField(clock);
        this.timer = new RequestTimer(surface.meters(), ticker);
        this.options = new HttpServerOptions()
                .setHost(surface.settings().host())
                .setPort(port)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setHttp2ClearTextEnabled(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    @Override
    public Future<?> start() {
        HttpServer opening = vertx.createHttpServer(options)
                .connectionHandler(this::open)
                .requestHandler(Listener::ignore)
                .invalidRequestHandler(this::refuseInvalid);
        server = Optional.of(opening);
        Duration check = surface.settings().deadlines().check();
        vertx.setPeriodic(check.toMillis(), timer -> checkConnections());
        return surface.settings()
                .unixSocket()
                .map(path -> opening.listen(SocketAddress.domainSocketAddress(path.toString())))
                .orElseGet(opening::listen);
    }

    /** Returns the port that is listened on. */
    int port() {
        return server.map(HttpServer::actualPort).orElse(-1);
    }

    /** Accepts nothing more, and ends when what is in flight is answered or the time is over. */
    Future<Void> shutdown(Duration grace) {
        return server.map(open -> open.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
                .orElseGet(Future::succeededFuture);
    }

    private void open(HttpConnection connection) {
        Wire wire = new Wire(connection);
        Optional<ClientAddress> address = wire.remoteAddress();
        if (address.isEmpty()) {
            connection.close();
            return;
        }
        Peer peer = surface.resolver().peer(address.get());
        if (!surface.connections().tryEnter(peer)) {
            turnAway(wire);
            return;
        }
        welcome(connection, wire, peer);
    }

    private void turnAway(Wire wire) {
        surface.meters().strays().answered(503);
        wire.onRequest(Listener::ignore);
        wire.execute(() -> wire.sendAndClose(Response.detail(503, "Too many connections")));
    }

    private void welcome(HttpConnection connection, Wire wire, Peer peer) {
        StrictDecoder decoder = wire.replaceDecoder(options);
        Connection opened = new Connection(surface, wire, decoder, peer, date, timer, ticker.nanos());
        decoder.onBrokenBody(opened::tellBrokenBody);
        decoder.onInputEnd(opened::endInput);
        wire.onRequest(opened::accept);
        connections.add(opened);
        connection.closeHandler(closed -> {
            connections.remove(opened);
            surface.connections().leave(peer);
        });
    }

    private void checkConnections() {
        long nowNanos = ticker.nanos();
        List.copyOf(connections).forEach(connection -> connection.check(nowNanos));
    }

    /** Answers what the parser could not make sense of; Vert.x then closes the connection. */
    private void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Response response = reason(cause);
        surface.meters().strays().answered(response.status());
        request.response()
                .setStatusCode(response.status())
                .putHeader(HeaderNames.CONTENT_TYPE, HeaderNames.JSON)
                .putHeader(HeaderNames.CONNECTION, HeaderNames.CLOSE)
                .putHeader(HeaderNames.DATE, date.now())
                .end(Wire.buffer(response.body()));
    }

    private static Response reason(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Response.detail(414, "The request line is longer than " + MAX_REQUEST_LINE_BYTES + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Response.detail(431, "The headers are longer than " + MAX_HEAD_BYTES + " bytes");
        }
        return Response.detail(400, "The request is not valid HTTP");
    }

    private static void ignore(HttpServerRequest request) {}
}
