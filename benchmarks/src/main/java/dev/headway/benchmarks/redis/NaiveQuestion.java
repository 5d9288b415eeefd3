package dev.headway.benchmarks.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The sorted set that one writes first: times of this machine as scores, random names as members. Threads share it. */
final class NaiveQuestion implements LettuceAsker.Question {

    private final StatefulRedisConnection<String, byte[]> connection;
    private final String[] keys;
    private final Workload workload;
    private final String digest;

    NaiveQuestion(StatefulRedisConnection<String, byte[]> connection, Workload workload) {
        this.connection = connection;
        this.keys = workload.texts();
        this.workload = workload;
        this.digest = connection.sync().scriptLoad(script());
    }

    @Override
    public boolean ask(int key) {
        return askAsync(key).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<Boolean> askAsync(int key) {
        String[] names = {"naive:" + keys[key]};
        RedisFuture<Long> answer = connection
                .async()
                .evalsha(
                        digest,
                        ScriptOutputType.INTEGER,
                        names,
                        text(System.currentTimeMillis()),
                        text(workload.window().toMillis()),
                        text(workload.permits()),
                        text(UUID.randomUUID()));
        return answer.thenApply(allowed -> allowed == 1);
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] script() {
        try (InputStream stream = NaiveQuestion.class.getResourceAsStream("naive.lua")) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks naive.lua");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read naive.lua from the jar", e);
        }
    }
}
