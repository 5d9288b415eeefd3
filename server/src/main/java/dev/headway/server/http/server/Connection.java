package dev.headway.server.http.server;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.client.Client;
import dev.headway.server.caller.client.Peer;
import dev.headway.server.http.Access;
import dev.headway.server.http.Response;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * One client's connection, with its sense of time; for its event loop only.
 *
 * <p>No request sets a timer. The connection notes which phase it is in, and every few hundred milliseconds {@link #check}
 * compares that with what it saw the last time: whatever has not changed since then is as much older. So deadlines cost a
 * request one increment, and are late by at most one check.
 *
 * <pre>{@code
 *              head complete            body complete          answered            written
 *   IDLE ─────────────────► RECEIVING ─────────────► WORKING ──────────► SENDING ──────────► IDLE
 *    │ ▲                        │ refused, big body
 *    └─┘ refused, small body    └──────────────────► DRAINING ─► LINGERING ─► closed
 * }</pre>
 */
final class Connection {
    /** What the server is doing on the connection. */
    enum Phase {
        /** Waiting for a request, or for the rest of one that has been answered. */
        IDLE,
        /** Taking in the body of a request that will be handled. */
        RECEIVING,
        /** A handler works; it takes the time it takes. */
        WORKING,
        /** The client reads an answer. */
        SENDING,
        /** Dropping the body of a refused request, before closing. */
        DRAINING,
        /** Waiting a moment before closing, so that the client can read why. */
        LINGERING
    }

    private final Surface surface;
    private final Wire wire;
    private final StrictDecoder decoder;
    private final Peer peer;
    private final DateField date;
    private final RequestTimer timer;

    private Phase phase = Phase.IDLE;
    private boolean inputEnded;
    private boolean needsClient;
    private int changes;
    private long sendingBytes;
    private boolean sent;
    private int seenChanges;
    private StrictDecoder.Progress seenProgress = StrictDecoder.Progress.BETWEEN_REQUESTS;
    private long sinceNanos;

    Connection(
            Surface surface,
            Wire wire,
            StrictDecoder decoder,
            Peer peer,
            DateField date,
            RequestTimer timer,
            long nowNanos) {
        this.surface = surface;
        this.wire = wire;
        this.decoder = decoder;
        this.peer = peer;
        this.date = date;
        this.timer = timer;
        this.sinceNanos = nowNanos;
    }

    Surface surface() {
        return surface;
    }

    DateField date() {
        return date;
    }

    RequestTimer timer() {
        return timer;
    }

    /** Answers a request once the client has read what came before. */
    void accept(HttpServerRequest request) {
        Exchange exchange = new Exchange(this, request);
        if (wire.isWritable()) {
            exchange.begin();
            return;
        }
        request.pause();
        decoder.onWritable(() -> {
            exchange.begin();
            request.resume();
        });
    }

    /** Returns who sent a request. */
    Caller caller(HttpServerRequest request, Access access) {
        Client client = peer.trusted()
                ? surface.resolver().client(peer, name -> request.headers().getAll(name))
                : peer.client();
        return new Caller(client, surface.guard().identify(access, request.headers()));
    }

    /** Notes what the server does next. */
    void enter(Phase next) {
        sent = false;
        needsClient = false;
        phase = next;
        changes++;
    }

    /** Notes that the client now has so many bytes to read, and returns the number of this change. */
    int enterSending(long bytes) {
        sendingBytes = bytes;
        enter(Phase.SENDING);
        return changes;
    }

    /** Notes that an answer is handed over to the socket, unless the next request has begun meanwhile. */
    void sent(int sending) {
        sent = changes == sending;
        goOnIfRead();
    }

    private void goOnIfRead() {
        if (sent && wire.isWritable()) {
            enter(Phase.IDLE);
        }
    }

    /**
     * Notes that the client sends nothing more. It may have gone, or wait for its answer with half of the connection
     * closed, which looks the same from here; so what is about to be answered is answered before the connection ends.
     */
    void endInput() {
        inputEnded = true;
        if (!isAnswering()) {
            wire.close();
        }
    }

    private boolean isAnswering() {
        return switch (phase) {
            case RECEIVING -> decoder.progress() == StrictDecoder.Progress.BETWEEN_REQUESTS;
            case WORKING -> !needsClient;
            case SENDING -> true;
            case IDLE, DRAINING, LINGERING -> false;
        };
    }

    /** Has the connection end with what the client sends: a work that takes long is only for clients who are surely there. */
    void needClient() {
        needsClient = true;
        if (inputEnded) {
            wire.close();
        }
    }

    /** Has an action run on the event loop of this connection. */
    void execute(Runnable action) {
        wire.execute(action);
    }

    /** Says what is wrong with the framing of a body, if nothing else has been said about the request yet. */
    void tellBrokenBody() {
        if (phase == Phase.RECEIVING) {
            cutShort(400, "The chunked body is malformed");
        }
    }

    /** Disconnects a client that takes too long. */
    void check(long nowNanos) {
        if (changes != seenChanges || decoder.progress() != seenProgress) {
            seenChanges = changes;
            seenProgress = decoder.progress();
            sinceNanos = nowNanos;
            return;
        }
        long elapsedNanos = nowNanos - sinceNanos;
        switch (phase) {
            case IDLE -> checkIdle(elapsedNanos);
            case RECEIVING -> checkReceiving(elapsedNanos);
            case WORKING -> {}
            case SENDING -> checkSending(elapsedNanos);
            case DRAINING -> closeAfter(surface.settings().drainage().time(), elapsedNanos);
            case LINGERING -> closeAfter(surface.settings().drainage().linger(), elapsedNanos);
        }
    }

    private void checkIdle(long elapsedNanos) {
        if (inputEnded) {
            wire.close();
            return;
        }
        switch (seenProgress) {
            case BETWEEN_REQUESTS -> closeAfter(surface.settings().deadlines().idle(), elapsedNanos);
            case IN_HEAD -> {
                if (elapsedNanos > surface.settings().deadlines().head().toNanos()) {
                    cutShort(408, "The head of the request did not arrive in time");
                }
            }
            case IN_BODY -> closeAfter(surface.settings().drainage().time(), elapsedNanos);
        }
    }

    private void checkReceiving(long elapsedNanos) {
        if (isSlow(decoder.bodyBytes(), elapsedNanos)) {
            cutShort(408, "The body of the request did not arrive in time");
        }
    }

    private void checkSending(long elapsedNanos) {
        goOnIfRead();
        if (phase == Phase.SENDING && isSlow(sendingBytes, elapsedNanos)) {
            wire.abort();
        }
    }

    /** Returns whether so many bytes in so much time are fewer than the rate asks for. */
    private boolean isSlow(long bytes, long elapsedNanos) {
        HttpSettings.Deadlines deadlines = surface.settings().deadlines();
        double seconds = (elapsedNanos - deadlines.body().toNanos()) / 1e9;
        return seconds > 0 && bytes < seconds * deadlines.bytesPerSecond();
    }

    private void cutShort(int status, String reason) {
        surface.meters().strays().answered(status);
        wire.sendAndClose(Response.detail(status, reason));
    }

    private void closeAfter(Duration deadline, long elapsedNanos) {
        if (elapsedNanos > deadline.toNanos()) {
            wire.abort();
        }
    }
}
