package dev.headway.limiter.redis;

import dev.headway.limiter.LimitStore;
import dev.headway.limiter.ReservationContract;
import dev.headway.limiter.testing.ManualTicker;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The store in Redis lets callers wait as stores do. Threads do not share it. */
final class RedisReservationContractTest extends ReservationContract {
    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    @Override
    protected LimitStore store(ManualTicker ticker) {
        return redis.store(ticker);
    }
}
