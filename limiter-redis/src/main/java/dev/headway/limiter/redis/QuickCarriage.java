package dev.headway.limiter.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Puts requests to {@code take.lua}, which knows one small limit of the sliding window. Immutable; threads may share it. */
final class QuickCarriage implements Carriage {
    private static final int ANSWER_BYTES = 28;
    private static final int AT_LENGTH = 2;
    private static final int FAULT = 3;

    private final Book book;
    private final Shape shape;

    QuickCarriage(Book book, Shape shape) {
        this.book = book;
        this.shape = shape;
    }

    @Override
    public boolean carries(int permits) {
        return permits <= shape.limits().get(0).permits();
    }

    @Override
    public CompletableFuture<Answer> ask(byte[] key, int permits) {
        return book.ask(shape, key, Question.TAKE, permits);
    }

    @Override
    public CompletionStage<List<TakeReply>> send(List<Take> takes, Masters masters) {
        byte[][] keys = takes.stream().map(Take::key).toArray(byte[][]::new);
        return book.gateway()
                .scripts()
                .take()
                .runForBytes(masters.async(), keys, book.quickClaim(shape, takes))
                .thenApply(reply -> read(reply, takes.size()));
    }

    private List<TakeReply> read(byte[] reply, int count) {
        List<TakeReply> replies = new ArrayList<>();
        int faultAt = count * ANSWER_BYTES;
        for (int place = 0; place < count; place++) {
            ByteBuffer answer =
                    ByteBuffer.wrap(reply, place * ANSWER_BYTES, ANSWER_BYTES).slice();
            switch (answer.getInt(0)) {
                case AT_LENGTH -> replies.add(new TakeReply.AtLength());
                case FAULT -> {
                    int length = answer.getInt(Integer.BYTES);
                    replies.add(new TakeReply.Fault(new String(reply, faultAt, length, StandardCharsets.UTF_8)));
                    faultAt += length;
                }
                default -> replies.add(new TakeReply.Decided(Answer.ofBytes(shape, answer)));
            }
        }
        return replies;
    }
}
