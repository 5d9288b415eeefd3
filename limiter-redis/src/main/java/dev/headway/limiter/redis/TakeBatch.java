package dev.headway.limiter.redis;

import dev.headway.limiter.Ticker;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Requests that travel together, in one command. The threads that send it, that bring the reply, and that give up what is
 * late, share it.
 */
final class TakeBatch {
    private final Gateway gateway;
    private final Carriage carriage;
    private final List<Take> takes;
    private final RoundTrip way;
    private final Ticker ticker = Ticker.system();
    private volatile Optional<Masters> carrier = Optional.empty();

    TakeBatch(Gateway gateway, Carriage carriage, List<Take> takes, RoundTrip way) {
        this.gateway = gateway;
        this.carriage = carriage;
        this.takes = takes;
        this.way = way;
    }

    /** Sends the requests that are not given up before there is a connection; the future ends when all have their answers. */
    CompletableFuture<?> send() {
        return gateway.connection()
                .handle((masters, failure) -> masters == null ? notSent(failure) : sendOver(masters))
                .thenCompose(back -> back);
    }

    private CompletionStage<?> notSent(@Nullable Throwable failure) {
        StoreUnavailable unreachable = gateway.unreachable(failure);
        takes.forEach(take -> take.completeExceptionally(unreachable));
        return CompletableFuture.completedFuture(takes);
    }

    private CompletionStage<?> sendOver(Masters masters) {
        List<Take> sent = takes.stream().filter(Take::trySend).toList();
        if (sent.isEmpty()) {
            return CompletableFuture.completedFuture(sent);
        }
        carrier = Optional.of(masters);
        masters.asked();
        long sentNanos = ticker.nanos();
        return Call.start(connection -> carriage.send(sent, connection), masters)
                .handle((replies, failure) -> {
                    if (replies != null) {
                        way.took(ticker.nanos() - sentNanos);
                    }
                    arrive(sent, masters, replies, failure);
                    return sent;
                });
    }

    private void arrive(
            List<Take> sent, Masters masters, @Nullable List<TakeReply> replies, @Nullable Throwable failure) {
        if (replies == null) {
            masters.heard(Call.cause(failure));
            StoreUnavailable trouble = gateway.failed(failure);
            sent.forEach(take -> take.completeExceptionally(trouble));
        } else {
            masters.heard();
            for (int place = 0; place < sent.size(); place++) {
                answer(sent.get(place), replies.get(place), masters);
            }
        }
    }

    private void answer(Take take, TakeReply reply, Masters masters) {
        if (reply instanceof TakeReply.Decided decided) {
            take.complete(decided.answer());
        } else if (reply instanceof TakeReply.Fault fault) {
            fail(take, masters, fault.text());
        } else {
            askAtLength(take);
        }
    }

    private void askAtLength(Take take) {
        CompletableFuture<?> unused = carriage.ask(take.key(), take.permits()).whenComplete((answer, failure) -> {
            if (answer == null) {
                take.completeExceptionally(Call.cause(failure));
            } else {
                take.complete(answer);
            }
        });
    }

    private void fail(Take take, Masters masters, String fault) {
        RedisCommandExecutionException error = new RedisCommandExecutionException(fault);
        masters.heard(error);
        take.completeExceptionally(gateway.failed(error));
    }

    /** Gives up the requests whose time is over; returns the nanoseconds until that of the others is. */
    long giveUpLate(long nowNanos) {
        long least = Long.MAX_VALUE;
        for (Take take : takes) {
            if (take.giveUpIfLate(nowNanos, gateway::notSent, gateway::noReply)) {
                carrier.ifPresent(Masters::missed);
            } else {
                least = Math.min(least, take.leftNanos(nowNanos));
            }
        }
        return least;
    }
}
