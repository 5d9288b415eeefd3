package dev.headway.limiter.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** How the Redis of one store is asked: over which connection, by which clock, until which deadline. Threads share it. */
final class Gateway {
    private final Link link;
    private final Supplier<String> clock;
    private final Duration deadline;
    private final Scripts scripts = new Scripts();

    Gateway(Link link, Supplier<String> clock, Duration deadline) {
        this.link = link;
        this.clock = clock;
        this.deadline = deadline;
    }

    Scripts scripts() {
        return scripts;
    }

    /** Returns whether only keys of one hash slot can be asked about together. */
    boolean hasSlots() {
        return link.hasSlots();
    }

    /** Returns the first argument of every script: the time, or nothing when Redis tells it. */
    byte[] clock() {
        return Shape.text(clock.get());
    }

    /** Runs a script on keys; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<List<Object>> run(Script script, List<byte[]> keys, List<byte[]> arguments) {
        return over(connection ->
                script.run(connection.async(), keys.toArray(byte[][]::new), arguments.toArray(byte[][]::new)));
    }

    /** Runs a script on one key, whose answer is a string; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<byte[]> runForBytes(Script script, byte[] key, byte[]... arguments) {
        return over(connection -> script.runForBytes(connection.async(), key, arguments));
    }

    /** Forgets a key; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<?> forget(byte[] key) {
        return over(connection -> connection.async().del(key).thenApply(List::<Object>of));
    }

    private <T> CompletableFuture<T> over(Function<Masters, CompletionStage<T>> send) {
        return new Call<T>(link.address(), deadline).over(link.connection(), send);
    }

    /** Connects, if need be, and brings all scripts to Redis. */
    CompletableFuture<?> prepare() {
        return link.connection().thenCompose(connection -> scripts.load(connection.async()));
    }

    void close() {
        link.close();
    }

    /** Waits for an answer; throws {@link StoreUnavailable}. */
    static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
