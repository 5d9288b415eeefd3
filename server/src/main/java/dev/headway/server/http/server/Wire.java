package dev.headway.server.http.server;

import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.http.Body;
import dev.headway.server.http.Response;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * What we need of a connection that Vert.x does not offer in public; for the connection's event loop only.
 *
 * <p>This and {@link StrictDecoder} are the places to look at when Vert.x is updated.
 */
final class Wire {
    private final HttpConnection connection;
    private final Channel channel;

    Wire(HttpConnection connection) {
        this.connection = connection;
        this.channel = ((ConnectionBase) connection).channel();
    }

    /**
     * Puts our parser in place of the one of Vert.x; to be done before the first byte has come.
     *
     * <p>From then on the end of what the client sends does not end the connection; the parser tells of it.
     */
    StrictDecoder replaceDecoder(HttpServerOptions options) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        StrictDecoder decoder = new StrictDecoder(options);
        channel.pipeline().replace("httpDecoder", "httpDecoder", decoder);
        return decoder;
    }

    /** Has the requests of this connection handled without looking the connection up for each. */
    void onRequest(Handler<HttpServerRequest> handler) {
        ((HttpServerConnection) connection).handler(handler);
    }

    /** Returns whether the client reads what it is sent; not, while more than a little of it waits. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /** Finds the address of the other end, of a Unix socket that of this machine; there is none when it has gone already. */
    Optional<ClientAddress> remoteAddress() {
        SocketAddress remote = channel.remoteAddress();
        if (channel.localAddress() instanceof DomainSocketAddress) {
            return Optional.of(ClientAddress.LOOPBACK);
        }
        return remote instanceof InetSocketAddress socket && socket.getAddress() != null
                ? Optional.of(ClientAddress.of(socket.getAddress().getAddress()))
                : Optional.empty();
    }

    /** Closes when what has been written is sent. */
    void close() {
        // The client has gone already when this fails.
        Future<Void> unused = connection.close();
    }

    /** Closes at once, whatever the client has not read yet; past Vert.x, which would wait until it has. */
    void abort() {
        channel.unsafe().close(channel.voidPromise());
    }

    /** Has an action run on the event loop, at once if we are there; when that is shutting down, nobody needs it any more. */
    void execute(Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
            return;
        }
        try {
            channel.eventLoop().execute(action);
        } catch (RejectedExecutionException shutDown) {
            connection.close();
        }
    }

    /** Sends an answer past Vert.x, for which there is no request to answer, and closes. */
    void sendAndClose(Response response) {
        String head = "HTTP/1.1 " + HttpResponseStatus.valueOf(response.status()) + "\r\ncontent-type: "
                + response.contentType() + "\r\ncontent-length: "
                + response.body().size() + "\r\nconnection: close\r\n\r\n";
        channel.pipeline()
                .firstContext()
                .writeAndFlush(Unpooled.wrappedBuffer(
                        head.getBytes(StandardCharsets.ISO_8859_1),
                        response.body().bytes()))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Returns a buffer over these very bytes, which nobody may write to afterwards. */
    static Buffer buffer(Body body) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(body.bytes()));
    }
}
