package dev.headway.benchmarks.contender;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.caffeine.Bucket4jCaffeine;
import io.github.bucket4j.caffeine.CaffeineProxyManager;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bucket4j's own keyed form: a proxy manager whose buckets are in a Caffeine cache. Threads may share it. */
final class CaffeineManager implements Contender {

    private final String[] keys;
    private final CaffeineProxyManager<String> manager;
    private final Supplier<BucketConfiguration> configuration;

    CaffeineManager(String[] keys, Quota quota) {
        this.keys = keys;
        this.manager = Bucket4jCaffeine.<String>builderFor(Caffeine.newBuilder().maximumSize(2L * keys.length))
                .build();
        BucketConfiguration one = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(quota.permits()).refillGreedy(quota.permits(), quota.window()))
                .build();
        this.configuration = () -> one;
    }

    @Override
    public boolean tryAcquire(int key) {
        return manager.getProxy(keys[key], configuration).tryConsume(1);
    }

    @Override
    public BooleanSupplier direct(int key) {
        var bucket = manager.getProxy(keys[key], configuration);
        return () -> bucket.tryConsume(1);
    }
}
