package dev.headway.benchmarks.redis;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Bucket4j's module for Lettuce, by the builder that its manual recommends, with buckets that expire. Threads share it. */
final class Bucket4jQuestion implements LettuceAsker.Question {

    private final String[] keys;
    private final ProxyManager<String> manager;
    private final AsyncProxyManager<String> asyncManager;
    private final Supplier<BucketConfiguration> configuration;
    private final Supplier<CompletableFuture<BucketConfiguration>> asyncConfiguration;

    Bucket4jQuestion(StatefulRedisConnection<String, byte[]> connection, Workload workload) {
        this.keys = workload.texts();
        this.manager = Bucket4jLettuce.casBasedBuilder(connection)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
                .build();
        this.asyncManager = manager.asAsync();
        BucketConfiguration one = BucketConfiguration.builder()
                .addLimit(
                        limit -> limit.capacity(workload.permits()).refillGreedy(workload.permits(), workload.window()))
                .build();
        CompletableFuture<BucketConfiguration> ready = CompletableFuture.completedFuture(one);
        this.configuration = () -> one;
        this.asyncConfiguration = () -> ready;
    }

    @Override
    public boolean ask(int key) {
        return manager.getProxy(keys[key], configuration).tryConsume(1);
    }

    @Override
    public CompletionStage<Boolean> askAsync(int key) {
        return asyncManager.getProxy(keys[key], asyncConfiguration).tryConsume(1);
    }
}
