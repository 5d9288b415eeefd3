package dev.headway.server.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * The parser of one connection, which also remembers how far the client has come; for its event loop only.
 *
 * <p>It stands in place of the one that Vert.x puts there, for three reasons. That one takes a Content-Length beside
 * {@code Transfer-Encoding: chunked} and removes the evidence. A head that trickles in byte by byte shows nowhere above it.
 * And an error inside a chunked body closes the connection without a word.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private Progress progress = Progress.BETWEEN_REQUESTS;
    private long bodyBytes;
    private Runnable brokenBody = () -> {};
    private Runnable writable = () -> {};
    private Runnable inputEnd = () -> {};

    /** How far the client has come. */
    enum Progress {
        BETWEEN_REQUESTS,
        IN_HEAD,
        IN_BODY
    }

    StrictDecoder(HttpServerOptions options) {
        super(options);
    }

    Progress progress() {
        return progress;
    }

    /** Returns how many bytes of the current body have come, the framing not counted. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Sets what is done when the framing of a body turns out to be broken, before the connection is closed. */
    void onBrokenBody(Runnable action) {
        brokenBody = action;
    }

    /** Sets what is done, once, when the client has read enough for more to be written. */
    void onWritable(Runnable action) {
        writable = action;
    }

    /** Sets what is done when the client has said that it will send nothing more. */
    void onInputEnd(Runnable action) {
        inputEnd = action;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        super.userEventTriggered(context, event);
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnd.run();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        super.channelWritabilityChanged(context);
        if (context.channel().isWritable()) {
            Runnable action = writable;
            writable = () -> {};
            action.run();
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        int before = out.size();
        super.decode(context, buffer, out);
        if (out.size() == before && progress == Progress.BETWEEN_REQUESTS) {
            progress = Progress.IN_HEAD;
        }
        for (int index = before; index < out.size(); index++) {
            note(out.get(index));
        }
    }

    private void note(Object part) {
        if (part instanceof HttpRequest) {
            progress = Progress.IN_BODY;
            bodyBytes = 0;
        }
        if (part instanceof HttpContent content) {
            noteContent(content);
        }
    }

    private void noteContent(HttpContent content) {
        bodyBytes += content.content().readableBytes();
        if (content.decoderResult().isFailure()) {
            brokenBody.run();
        }
        if (content instanceof LastHttpContent) {
            progress = Progress.BETWEEN_REQUESTS;
        }
    }
}
