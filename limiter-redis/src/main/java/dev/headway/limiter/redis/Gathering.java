package dev.headway.limiter.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Sends requests that come at the same time in one piece, and one that comes alone at once. Stateless.
 *
 * <p>Lettuce hands each request to the system by itself. When many are asked at once, or are asked by those whose answers have just
 * come, this gathers what the connection's thread finds waiting; both sides then pay once for what would have been many
 * calls of the system.
 */
final class Gathering implements NettyCustomizer {

    private static final int MOST_GATHERED = 256;

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline().addFirst(new FlushConsolidationHandler(MOST_GATHERED, true));
    }
}
