package dev.headway.limiter.redis;

import dev.headway.limiter.testing.ManualTicker;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Redis for the tests of one class, empty before each of them, and stores on it that are closed after it. One thread uses it. */
final class LiveRedis implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final List<RedisStore> opened = new ArrayList<>();
    private final RealRedis redis = RealRedis.start();
    private final RedisCommands<String, String> commands = redis.commands();

    @Override
    public void beforeEach(ExtensionContext context) {
        commands.flushall();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeStores();
    }

    /** Closes the stores that are open, for tests that use many one after the other. */
    void closeStores() {
        opened.forEach(RedisStore::close);
        opened.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        redis.close();
    }

    RealRedis server() {
        return redis;
    }

    RedisCommands<String, String> commands() {
        return commands;
    }

    /** Another server's store, by the ticker. */
    RedisStore store(ManualTicker ticker) {
        return store(redis.patientStore().ticker(ticker));
    }

    RedisStore store(RedisStore.Builder builder) {
        RedisStore store = builder.build();
        opened.add(store);
        return store;
    }

    /** How many writes there were since Redis was started. */
    long changes() {
        return commands.info("persistence")
                .lines()
                .filter(line -> line.startsWith("rdb_changes_since_last_save:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
