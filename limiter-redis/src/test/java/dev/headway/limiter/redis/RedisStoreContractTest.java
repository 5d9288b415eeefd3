package dev.headway.limiter.redis;

import dev.headway.limiter.LimitStore;
import dev.headway.limiter.LimitStoreContract;
import dev.headway.limiter.Ticker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The store in Redis keeps the contract of stores. Threads do not share it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisStoreContractTest extends LimitStoreContract {

    private final List<RedisStore> opened = new ArrayList<>();
    private RealRedis redis;

    @BeforeAll
    void startRedis() {
        redis = RealRedis.start();
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @AfterEach
    void closeStores() {
        opened.forEach(RedisStore::close);
        opened.clear();
    }

    @Override
    protected LimitStore store(Ticker ticker) {
        redis.commands().flushall();
        RedisStore store = redis.patientStore().ticker(ticker).build();
        opened.add(store);
        return store;
    }
}
