package dev.headway.limiter.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to Redis and back, under a deadline. Used once; the two threads that may meet in it are the
 * one that sends and the timer that gives up.
 *
 * <p>Whichever of the two comes first at the gate decides what can be said when the deadline passes: if the timer,
 * then nothing was sent and never will be; if the sender, then the permits may be spent.
 */
final class Call<T> {

    /** Who has passed the gate. */
    private sealed interface Passed {}

    private record Sender(Masters masters) implements Passed {}

    private record Timer() implements Passed {}

    private final AtomicReference<@Nullable Passed> gate = new AtomicReference<>();
    private final CompletableFuture<T> reply = new CompletableFuture<>();
    private final String address;
    private final Duration deadline;

    Call(String address, Duration deadline) {
        this.address = address;
        this.deadline = deadline;
    }

    /** Sends once there is a connection; the future ends with the reply or {@link StoreUnavailable}, by the deadline. */
    CompletableFuture<T> over(CompletionStage<Masters> connection, Function<Masters, CompletionStage<T>> send) {
        connection.whenComplete((masters, failure) -> {
            if (failure != null) {
                reply.completeExceptionally(StoreUnavailable.unreachable(address, cause(failure)));
            } else if (gate.compareAndSet(null, new Sender(masters))) {
                masters.asked();
                receive(start(send, masters), masters);
            }
        });
        return reply.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(explain(cause(failure))));
    }

    /** Sends; if that throws, the stage fails by it. */
    static <T> CompletionStage<T> start(Function<Masters, CompletionStage<T>> send, Masters masters) {
        try {
            return send.apply(masters);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void receive(CompletionStage<T> answer, Masters masters) {
        answer.whenComplete((numbers, failure) -> {
            if (failure == null) {
                masters.heard();
                reply.complete(numbers);
            } else {
                masters.heard(cause(failure));
                reply.completeExceptionally(failure);
            }
        });
    }

    private StoreUnavailable explain(Throwable failure) {
        return failure instanceof TimeoutException ? afterDeadline(failure) : StoreUnavailable.of(address, failure);
    }

    private StoreUnavailable afterDeadline(Throwable failure) {
        gate.compareAndSet(null, new Timer());
        if (gate.get() instanceof Sender sender) {
            sender.masters().missed();
            return StoreUnavailable.noReply(address, deadline, failure);
        }
        return StoreUnavailable.notSent(address, deadline, failure);
    }

    /** Returns what a stage failed by. */
    static Throwable cause(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? new IllegalStateException("a stage ended with neither a result nor a failure") : cause;
    }
}
