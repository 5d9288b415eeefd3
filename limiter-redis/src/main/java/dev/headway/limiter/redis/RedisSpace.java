package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The keys of one limiter in Redis. Threads share it.
 *
 * <p>The methods of {@link LimitSpace} block for one round trip, and throw {@link StoreUnavailable} when no decision
 * came within the store's deadline. Their asynchronous twins never block; what is chained to them runs on a thread of
 * the Redis client or of the deadline's timer, and must not block either.
 */
public final class RedisSpace implements LimitSpace {

    private final Link link;
    private final WindowScript script;
    private final LogShape shape;
    private final SharedKey keys;
    private final Supplier<String> clock;
    private final Duration deadline;

    RedisSpace(
            Link link, WindowScript script, LogShape shape, SharedKey keys, Supplier<String> clock, Duration deadline) {
        this.link = link;
        this.script = script;
        this.shape = shape;
        this.keys = keys;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public List<Limit> limits() {
        return shape.limits();
    }

    /** {@inheritDoc} Throws {@link StoreUnavailable}. */
    @Override
    public Decision tryAcquire(String key, int permits) {
        return await(decide(keys.of(key), permits));
    }

    /** {@inheritDoc} Throws {@link StoreUnavailable}. */
    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return await(decide(keys.of(keyHigh, keyLow), permits));
    }

    /** Takes the permits of the key if every limit has room, else none; the stage may fail with {@link StoreUnavailable}. */
    public CompletionStage<Decision> tryAcquireAsync(String key, int permits) {
        return decide(keys.of(key), permits);
    }

    /** Takes the permits of the key if every limit has room, else none; the stage may fail with {@link StoreUnavailable}. */
    public CompletionStage<Decision> tryAcquireAsync(long keyHigh, long keyLow, int permits) {
        return decide(keys.of(keyHigh, keyLow), permits);
    }

    private CompletableFuture<Decision> decide(byte[] key, int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException(permits + " permits asked for; at least 1 is accepted");
        }
        if (permits > shape.leastPermits()) {
            return ask(key, 0).thenApply(answer -> answer.neverPossible(permits));
        }
        return ask(key, permits).thenApply(LogAnswer::decision);
    }

    private CompletableFuture<LogAnswer> ask(byte[] key, int permits) {
        byte[][] arguments = shape.arguments(clock.get(), permits);
        return new Call(link.address(), deadline)
                .over(link.connection(), connection -> script.run(connection.async(), key, arguments))
                .thenApply(reply -> new LogAnswer(shape, reply));
    }

    private static Decision await(CompletableFuture<Decision> decision) {
        try {
            return decision.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreUnavailable unavailable ? unavailable : e;
        }
    }
}
