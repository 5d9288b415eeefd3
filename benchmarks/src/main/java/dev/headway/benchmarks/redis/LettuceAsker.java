package dev.headway.benchmarks.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Something asked of Redis over one connection of Lettuce, which all callers share as its makers advise. Threads share it. */
final class LettuceAsker implements Asker {

    private final RedisClient client;
    private final Question question;

    private LettuceAsker(RedisClient client, Question question) {
        this.client = client;
        this.question = question;
    }

    /** Asks about a key, one way or the other. */
    interface Question {

        boolean ask(int key);

        CompletionStage<Boolean> askAsync(int key);
    }

    /** Makes a question of a connection. */
    @FunctionalInterface
    interface Factory {
        Question over(StatefulRedisConnection<String, byte[]> connection);
    }

    static LettuceAsker connect(String uri, Factory factory) {
        RedisClient client = RedisClient.create(uri);
        RedisCodec<String, byte[]> codec = RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);
        return new LettuceAsker(client, factory.over(client.connect(codec)));
    }

    @Override
    public boolean tryAcquire(int key) {
        return question.ask(key);
    }

    @Override
    public CompletionStage<Boolean> tryAcquireAsync(int key) {
        return question.askAsync(key);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
