package dev.headway.limiter.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One request on its way to Redis and back, under a deadline. Used once; the two threads that may meet in it are the
 * one that sends and the timer that gives up.
 *
 * <p>Whichever of the two comes first at the gate decides what can be said when the deadline passes: if the timer,
 * then nothing was sent and never will be; if the sender, then the permits may be spent.
 */
final class Call {

    private final AtomicBoolean gate = new AtomicBoolean();
    private final CompletableFuture<List<Object>> reply = new CompletableFuture<>();
    private final String address;
    private final Duration deadline;

    Call(String address, Duration deadline) {
        this.address = address;
        this.deadline = deadline;
    }

    /** Sends once there is a connection; the future ends with the reply or {@link StoreUnavailable}, by the deadline. */
    CompletableFuture<List<Object>> over(
            CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection,
            Function<StatefulRedisConnection<byte[], byte[]>, CompletionStage<List<Object>>> send) {
        connection.whenComplete((open, failure) -> {
            if (failure != null) {
                reply.completeExceptionally(StoreUnavailable.unreachable(address, cause(failure)));
            } else if (gate.compareAndSet(false, true)) {
                receive(start(send, open));
            }
        });
        return reply.copy()
                .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(explain(cause(failure))));
    }

    private static CompletionStage<List<Object>> start(
            Function<StatefulRedisConnection<byte[], byte[]>, CompletionStage<List<Object>>> send,
            StatefulRedisConnection<byte[], byte[]> connection) {
        try {
            return send.apply(connection);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void receive(CompletionStage<List<Object>> answer) {
        answer.whenComplete((numbers, failure) -> {
            if (failure == null) {
                reply.complete(numbers);
            } else {
                reply.completeExceptionally(cause(failure));
            }
        });
    }

    private StoreUnavailable explain(Throwable failure) {
        if (failure instanceof StoreUnavailable known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return gate.compareAndSet(false, true)
                    ? StoreUnavailable.notSent(address, deadline, failure)
                    : StoreUnavailable.noReply(address, deadline, failure);
        }
        if (failure instanceof RedisCommandExecutionException error) {
            return serverError(error);
        }
        return StoreUnavailable.disconnected(address, failure);
    }

    private StoreUnavailable serverError(RedisCommandExecutionException error) {
        return String.valueOf(error.getMessage()).contains("CLOCKBEHIND")
                ? StoreUnavailable.clockBehind(address, error)
                : StoreUnavailable.serverError(address, error);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }
}
