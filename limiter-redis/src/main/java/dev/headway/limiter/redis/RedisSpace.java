package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.redis.LogShape.Question;
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

    private final RedisLog log;
    private volatile LogShape shape;

    RedisSpace(RedisLog log, LogShape shape) {
        this.log = log;
        this.shape = shape;
    }

    @Override
    public List<Limit> limits() {
        return shape.limits();
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        return RedisLog.await(take(log.keys().of(key), permits));
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return RedisLog.await(take(log.keys().of(keyHigh, keyLow), permits));
    }

    @Override
    public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
        return take(log.keys().of(key), permits);
    }

    @Override
    public Decision peek(Key key, int permits) {
        return RedisLog.await(peekAsync(key, permits));
    }

    @Override
    public CompletionStage<Decision> peekAsync(Key key, int permits) {
        LogShape current = shape;
        byte[] name = log.keys().of(key);
        return permits > current.leastPermits()
                ? neverPossible(current, name, permits)
                : log.ask(current, name, Question.LOOK, permits)
                        .thenApply(answer -> answer.decision(stamp -> Receipt.none()));
    }

    @Override
    public Snapshot snapshot(Key key) {
        return RedisLog.await(
                log.ask(shape, log.keys().of(key), Question.LIST, 0).thenApply(LogAnswer::snapshot));
    }

    @Override
    public void reset(Key key) {
        RedisLog.await(resetAsync(key));
    }

    @Override
    public CompletionStage<?> resetAsync(Key key) {
        return log.forget(log.keys().of(key));
    }

    @Override
    public LimitSpace withLimits(List<Limit> limits) {
        return new RedisSpace(log, shapeOf(limits));
    }

    @Override
    public void changeLimits(List<Limit> limits) {
        shape = shapeOf(limits);
    }

    private LogShape shapeOf(List<Limit> limits) {
        log.retention().include(limits);
        return new LogShape(limits, shape.tick());
    }

    private CompletableFuture<Decision> take(byte[] key, int permits) {
        LogShape current = shape;
        return permits > current.leastPermits()
                ? neverPossible(current, key, permits)
                : log.ask(current, key, Question.TAKE, permits)
                        .thenApply(answer ->
                                answer.decision(stamp -> new RedisReceipt(log, current, key, stamp, permits)));
    }

    private CompletableFuture<Decision> neverPossible(LogShape current, byte[] key, int permits) {
        return log.ask(current, key, Question.LOOK, 0).thenApply(answer -> answer.neverPossible(permits));
    }
}
