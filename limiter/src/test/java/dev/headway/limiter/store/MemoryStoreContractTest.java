package dev.headway.limiter.store;

import dev.headway.limiter.LimitStore;
import dev.headway.limiter.LimitStoreContract;
import dev.headway.limiter.Ticker;
import java.time.Duration;

/** The store in memory keeps the contract of stores. Threads do not share it. */
class MemoryStoreContractTest extends LimitStoreContract {
    @Override
    protected LimitStore store(Ticker ticker) {
        return MemoryStore.builder().ticker(ticker).build();
    }

    @Override
    protected Duration slack() {
        return Duration.ofNanos(2 * 32);
    }
}
