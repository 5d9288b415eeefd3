package dev.headway.limiter.store;

import dev.headway.limiter.JointContract;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.testing.ManualTicker;

/** The store in memory takes permits of several keys as stores do. Threads do not share it. */
class MemoryJointContractTest extends JointContract {
    @Override
    protected LimitStore store(ManualTicker ticker) {
        return MemoryStore.builder().ticker(ticker).build();
    }

    @Override
    protected LimitStore anotherStore(ManualTicker ticker) {
        return store(ticker);
    }
}
