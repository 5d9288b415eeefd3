package dev.headway.limiter.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Puts requests to {@code decide.lua}, which knows all limits and algorithms. Immutable; threads may share it. */
final class LongCarriage implements Carriage {
    private final Book book;
    private final Shape shape;

    LongCarriage(Book book, Shape shape) {
        this.book = book;
        this.shape = shape;
    }

    @Override
    public boolean carries(int permits) {
        return true;
    }

    @Override
    public CompletableFuture<Answer> ask(byte[] key, int permits) {
        return book.ask(shape, key, Question.TAKE, permits);
    }

    @Override
    public CompletionStage<List<TakeReply>> send(List<Take> takes, Masters masters) {
        byte[][] keys = takes.stream().map(Take::key).toArray(byte[][]::new);
        return book.script()
                .run(masters.async(), keys, book.claimOfEach(shape, takes))
                .thenApply(replies -> replies.stream().map(this::read).toList());
    }

    private TakeReply read(Object reply) {
        return reply instanceof List<?> numbers
                ? new TakeReply.Decided(new Answer(shape, numbers))
                : new TakeReply.Fault(new String((byte[]) reply, StandardCharsets.UTF_8));
    }
}
