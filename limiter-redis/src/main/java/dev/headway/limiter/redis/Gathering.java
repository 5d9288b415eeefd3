package dev.headway.limiter.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Sends requests that come at the same time in one piece, and one that comes alone at once. Threads share it.
 *
 * <p>Lettuce hands each request to the system by itself. When many are asked at once, or are asked by those whose answers have just
 * come, this gathers what the connection's thread finds waiting; both sides then pay once for what would have been many
 * calls of the system.
 */
final class Gathering implements NettyCustomizer {

    private static final int MOST_GATHERED = 256;

    private final LastWords lastWords;

    /** Makes one that lets the first answers on each connection be listened to. */
    Gathering(LastWords lastWords) {
        this.lastWords = lastWords;
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline().addFirst(new FlushConsolidationHandler(MOST_GATHERED, true));
        lastWords.listenOn(channel);
    }
}
