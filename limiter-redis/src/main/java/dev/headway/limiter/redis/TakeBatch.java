package dev.headway.limiter.redis;

import dev.headway.limiter.Ticker;
import io.lettuce.core.RedisCommandExecutionException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Requests that travel together, in one run of {@code take.lua}. The threads that send it, that bring the reply, and that give up what is
 * late, share it.
 */
final class TakeBatch {
    private static final int ANSWER_BYTES = 28;
    private static final int AT_LENGTH = 2;
    private static final int FAULT = 3;

    private final Book book;
    private final Shape shape;
    private final Gateway gateway;
    private final List<Take> takes;
    private final RoundTrip way;
    private final Ticker ticker = Ticker.system();
    private volatile Optional<Masters> carrier = Optional.empty();

    TakeBatch(Book book, Shape shape, List<Take> takes, RoundTrip way) {
        this.book = book;
        this.shape = shape;
        this.gateway = book.gateway();
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
        return Call.start(connection -> run(sent, connection), masters).handle((reply, failure) -> {
            if (reply != null) {
                way.took(ticker.nanos() - sentNanos);
            }
            arrive(sent, masters, reply, failure);
            return sent;
        });
    }

    private CompletionStage<byte[]> run(List<Take> sent, Masters masters) {
        byte[][] keys = sent.stream().map(Take::key).toArray(byte[][]::new);
        int[] permits = sent.stream().mapToInt(Take::permits).toArray();
        return gateway.scripts().take().runForBytes(masters.async(), keys, book.quickClaim(shape, permits));
    }

    private void arrive(List<Take> sent, Masters masters, byte @Nullable [] reply, @Nullable Throwable failure) {
        if (reply == null) {
            masters.heard(Call.cause(failure));
            StoreUnavailable trouble = gateway.failed(failure);
            sent.forEach(take -> take.completeExceptionally(trouble));
        } else {
            masters.heard();
            read(sent, masters, reply);
        }
    }

    private void read(List<Take> sent, Masters masters, byte[] reply) {
        int faultAt = sent.size() * ANSWER_BYTES;
        for (int place = 0; place < sent.size(); place++) {
            Take take = sent.get(place);
            ByteBuffer answer =
                    ByteBuffer.wrap(reply, place * ANSWER_BYTES, ANSWER_BYTES).slice();
            switch (answer.getInt(0)) {
                case AT_LENGTH -> askAtLength(take);
                case FAULT -> {
                    int length = answer.getInt(Integer.BYTES);
                    fail(take, masters, new String(reply, faultAt, length, StandardCharsets.UTF_8));
                    faultAt += length;
                }
                default -> take.complete(Answer.ofBytes(shape, answer));
            }
        }
    }

    private void askAtLength(Take take) {
        CompletableFuture<?> unused = book.ask(shape, take.key(), Question.TAKE, take.permits())
                .whenComplete((answer, failure) -> {
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
