package dev.headway.benchmarks.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletionStage;

/** A plain GET, which is the least that a question to Redis can cost; it admits always. Threads share it. */
final class GetQuestion implements LettuceAsker.Question {

    private final StatefulRedisConnection<String, byte[]> connection;
    private final String[] keys;

    GetQuestion(StatefulRedisConnection<String, byte[]> connection, Workload workload) {
        this.connection = connection;
        this.keys = workload.texts();
    }

    @Override
    public boolean ask(int key) {
        return askAsync(key).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<Boolean> askAsync(int key) {
        return connection.async().get(keys[key]).thenApply(value -> true);
    }
}
