package dev.headway.limiter.redis;

import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * How the logs of one limiter are asked: over which connection, by which clock, until which deadline. Threads share it.
 *
 * <p>All views of the limiter share it too, and with it how long permits are kept.
 */
final class RedisLog {

    private final Link link;
    private final Scripts scripts;
    private final SharedKey keys;
    private final Retention retention;
    private final Supplier<String> clock;
    private final Duration deadline;

    /** The scripts of a store. */
    record Scripts(Script decide, Script refund) {
        static Scripts read() {
            return new Scripts(Script.decide(), Script.refund());
        }

        /** Brings all of them to the server. */
        CompletionStage<String> load(RedisScriptingAsyncCommands<byte[], byte[]> commands) {
            return decide.load(commands).thenCompose(loaded -> refund.load(commands));
        }
    }

    RedisLog(
            Link link,
            Scripts scripts,
            SharedKey keys,
            Retention retention,
            Supplier<String> clock,
            Duration deadline) {
        this.link = link;
        this.scripts = scripts;
        this.keys = keys;
        this.retention = retention;
        this.clock = clock;
        this.deadline = deadline;
    }

    SharedKey keys() {
        return keys;
    }

    Retention retention() {
        return retention;
    }

    /** Asks about permits of a key; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<LogAnswer> ask(LogShape shape, byte[] key, LogShape.Question question, int permits) {
        byte[][] arguments = shape.question(clock.get(), retention.ticks(), question, permits);
        return run(scripts.decide(), key, arguments).thenApply(reply -> new LogAnswer(shape, reply));
    }

    /** Gives permits back; the future says whether there was something to give back, and may fail with {@link StoreUnavailable}. */
    CompletableFuture<Boolean> refund(LogShape shape, byte[] key, long stamp, int permits) {
        byte[][] arguments = shape.refund(clock.get(), retention.ticks(), stamp, permits);
        return run(scripts.refund(), key, arguments)
                .thenApply(reply -> reply.get(0).equals(1L));
    }

    /** Forgets a key; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<?> forget(byte[] key) {
        return call().over(
                        link.connection(),
                        connection -> connection.async().del(key).thenApply(List::<Object>of));
    }

    private CompletableFuture<List<Object>> run(Script script, byte[] key, byte[][] arguments) {
        return call().over(link.connection(), connection -> script.run(connection.async(), key, arguments));
    }

    private Call call() {
        return new Call(link.address(), deadline);
    }

    /** Waits for an answer; throws {@link StoreUnavailable}. */
    static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreUnavailable unavailable ? unavailable : e;
        }
    }
}
