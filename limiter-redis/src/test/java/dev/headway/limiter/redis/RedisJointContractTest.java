package dev.headway.limiter.redis;

import dev.headway.limiter.JointContract;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.testing.ManualTicker;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The store in Redis takes permits of several keys as stores do. Threads do not share it. */
final class RedisJointContractTest extends JointContract {
    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    @Override
    protected LimitStore store(ManualTicker ticker) {
        redis.commands().flushall();
        return redis.store(ticker);
    }

    @Override
    protected LimitStore anotherStore(ManualTicker ticker) {
        return redis.store(ticker);
    }
}
