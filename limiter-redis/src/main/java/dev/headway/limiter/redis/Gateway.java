package dev.headway.limiter.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /** Throws {@link IllegalStateException} after {@link #close}. */
    void requireOpen() {
        link.requireOpen();
    }

    /** Returns the connection, or the attempt to open one, which fails if it cannot even be made. */
    CompletableFuture<Masters> connection() {
        try {
            return link.connection();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Returns how long whoever asks has patience. */
    Duration deadline() {
        return deadline;
    }

    /** Returns what is wrong when those who came before were not answered until the deadline. */
    StoreUnavailable notInTurn() {
        return StoreUnavailable.notInTurn(link.address(), deadline, new TimeoutException());
    }

    /** Returns what is wrong when there was no connection until the deadline. */
    StoreUnavailable notSent() {
        return StoreUnavailable.notSent(link.address(), deadline, new TimeoutException());
    }

    /** Returns what is wrong when no reply came until the deadline. */
    StoreUnavailable noReply() {
        return StoreUnavailable.noReply(link.address(), deadline, new TimeoutException());
    }

    /** Returns what is wrong when there is no connection. */
    StoreUnavailable unreachable(@Nullable Throwable failure) {
        return StoreUnavailable.unreachable(link.address(), Call.cause(failure));
    }

    /** Returns what is wrong when a request failed after it was sent. */
    StoreUnavailable failed(@Nullable Throwable failure) {
        return StoreUnavailable.of(link.address(), Call.cause(failure));
    }

    /** Forgets a key; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<?> forget(byte[] key) {
        return over(connection -> connection.async().del(key).thenApply(List::<Object>of));
    }

    private <T> CompletableFuture<T> over(Function<Masters, CompletionStage<T>> send) {
        requireOpen();
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
