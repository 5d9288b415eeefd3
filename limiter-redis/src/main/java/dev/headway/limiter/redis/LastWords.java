package dev.headway.limiter.redis;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The words with which Redis last turned a connection away since it let one in, such as that the password is wrong. Threads share it.
 *
 * <p>Lettuce tells them, but for two or three times in a hundred on a busy machine: then it finds the connection closed, as it has closed it
 * itself, before it has told why. So they are read here as they come.
 */
final class LastWords {
    private volatile Optional<String> words = Optional.empty();

    /** Forgets what was said once an attempt has been let in. */
    void forgetUnless(boolean isTurnedAway) {
        if (!isTurnedAway) {
            words = Optional.empty();
        }
    }

    /** Listens to the first answers on a new connection. */
    void listenOn(Channel channel) {
        ChannelHandlerContext handshake = channel.pipeline().context(RedisHandshakeHandler.class);
        if (handshake != null) {
            channel.pipeline().addBefore(handshake.name(), null, new Listener());
        }
    }

    /** Returns why an attempt failed: what Redis said, if the failure only says that there is no connection. */
    Throwable explain(Throwable failure) {
        return words.filter(known -> isSilent(failure))
                .<Throwable>map(known -> turnedAway(known, failure))
                .orElse(failure);
    }

    private static boolean isSilent(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof RedisConnectionException || root instanceof IllegalStateException;
    }

    private static RedisConnectionException turnedAway(String words, Throwable failure) {
        RedisConnectionException turnedAway = new RedisConnectionException(words);
        turnedAway.addSuppressed(failure);
        return turnedAway;
    }

    /** Notes errors, until something else is answered; for the thread of the connection. */
    private final class Listener extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            boolean isError =
                    message instanceof ByteBuf bytes && bytes.isReadable() && bytes.getByte(bytes.readerIndex()) == '-';
            if (isError) {
                words = Optional.of(firstLine((ByteBuf) message));
            }
            context.fireChannelRead(message);
            if (!isError && !context.isRemoved()) {
                context.pipeline().remove(this);
            }
        }

        private static String firstLine(ByteBuf bytes) {
            String text = bytes.toString(StandardCharsets.UTF_8);
            return text.substring(1).lines().findFirst().orElse("");
        }
    }
}
