package dev.headway.limiter.redis;

import dev.headway.limiter.Ticker;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An open connection to the masters that keep the keys, be it one or those of a cluster. Threads share it.
 *
 * <p>A server that hangs, or that has vanished without a word, keeps a connection open for hours on which nothing is ever
 * answered; meanwhile another one may have become the master. So a connection on which nothing was heard for a second,
 * although something was asked, is given up.
 */
final class Masters {

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NOBODY_WAITS = Long.MIN_VALUE;

    private final StatefulConnection<byte[], byte[]> connection;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final Ticker ticker;
    private volatile long waitingSinceNanos = NOBODY_WAITS;
    private volatile boolean abandoned;

    private Masters(
            StatefulConnection<byte[], byte[]> connection,
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            Ticker ticker) {
        this.connection = connection;
        this.commands = commands;
        this.ticker = ticker;
    }

    static Masters of(StatefulRedisConnection<byte[], byte[]> connection, Ticker ticker) {
        return new Masters(connection, connection.async(), ticker);
    }

    static Masters of(StatefulRedisClusterConnection<byte[], byte[]> connection, Ticker ticker) {
        return new Masters(connection, connection.async(), ticker);
    }

    /** What can be asked; each command goes to the master that has its key. */
    RedisClusterAsyncCommands<byte[], byte[]> async() {
        return commands;
    }

    boolean isOpen() {
        return !abandoned && connection.isOpen();
    }

    /** Notes that something is asked now. */
    void asked() {
        if (waitingSinceNanos == NOBODY_WAITS) {
            waitingSinceNanos = ticker.nanos();
        }
    }

    /** Notes that something was answered, to whomever. */
    void heard() {
        if (waitingSinceNanos != NOBODY_WAITS) {
            waitingSinceNanos = NOBODY_WAITS;
        }
    }

    /** Notes how a request failed: an error is an answer too, and a master that says it is none is given up. */
    void heard(Throwable failure) {
        if (failure instanceof RedisCommandExecutionException error) {
            heard();
            if (StoreUnavailable.says(error, "READONLY")) {
                abandon(); // who is the master now will be found by connecting again
            }
        }
    }

    /** Notes that somebody waits no more; gives the connection up if nobody has been answered for too long. */
    void missed() {
        long since = waitingSinceNanos;
        if (since != NOBODY_WAITS && ticker.nanos() - since >= SILENCE_NANOS) {
            abandon();
        }
    }

    /** Ends what waits on it and lets the next request open another one. */
    void abandon() {
        abandoned = true;
        CompletableFuture<Void> unused = connection.closeAsync();
    }
}
