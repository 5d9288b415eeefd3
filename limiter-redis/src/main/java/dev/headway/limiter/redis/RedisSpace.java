package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.SpaceClaim;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A view of the keys of one limiter in Redis: the keys are shared with other views, the limits are its own. Threads share it.
 *
 * <p>Most methods block for one round trip, and throw {@link StoreUnavailable} when no decision came within the store's
 * deadline. Those whose names end in {@code Async} never block; what is chained to them runs on a thread of the Redis
 * client or of the deadline's timer, and must not block either.
 */
final class RedisSpace implements LimitSpace {
    private final Book book;
    private volatile TakeQueue takes;

    RedisSpace(Book book, Shape shape) {
        this.book = book;
        this.takes = new TakeQueue(book, shape);
    }

    Book book() {
        return book;
    }

    Shape shape() {
        return takes.shape();
    }

    @Override
    public List<Limit> limits() {
        return shape().limits();
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        return Gateway.await(take(book.keys().of(key), permits));
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return Gateway.await(take(book.keys().of(keyHigh, keyLow), permits));
    }

    @Override
    public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
        return take(book.keys().of(key), permits);
    }

    @Override
    public Decision peek(Key key, int permits) {
        return Gateway.await(peekAsync(key, permits));
    }

    @Override
    public CompletionStage<Decision> peekAsync(Key key, int permits) {
        return ask(book.keys().of(key), Question.LOOK, permits);
    }

    @Override
    public Snapshot snapshot(Key key) {
        return Gateway.await(
                book.ask(shape(), book.keys().of(key), Question.LIST, 0).thenApply(Answer::snapshot));
    }

    @Override
    public void reset(Key key) {
        Gateway.await(resetAsync(key));
    }

    @Override
    public CompletionStage<?> resetAsync(Key key) {
        return book.forget(book.keys().of(key));
    }

    @Override
    public Decision reserve(Key key, int permits, long minWaitNanos, long maxWaitNanos) {
        book.terms().requireLine();
        long least = shape().tick().ticks(Duration.ofNanos(minWaitNanos));
        long most = Math.min(shape().tick().floor(maxWaitNanos), Tick.MOST);
        return Gateway.await(ask(book.keys().of(key), Question.reserve(least, most), permits));
    }

    @Override
    public List<Decision> tryAcquireAll(List<SpaceClaim> claims) {
        return Gateway.await(new JointRequest(book.gateway(), claims).send());
    }

    @Override
    public RedisSpace withLimits(List<Limit> limits) {
        return new RedisSpace(book, book.view(limits));
    }

    @Override
    public void changeLimits(List<Limit> limits) {
        takes = new TakeQueue(book, book.changed(limits));
    }

    private CompletableFuture<Decision> take(byte[] key, int permits) {
        TakeQueue queue = takes;
        return queue.take(key, permits).thenApply(answer -> book.decision(answer, queue.shape(), key, permits));
    }

    private CompletableFuture<Decision> ask(byte[] key, Question question, int permits) {
        return book.decide(shape(), key, question, permits);
    }
}
