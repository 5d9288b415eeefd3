package dev.headway.limiter.store;

import dev.headway.limiter.LimitStore;
import dev.headway.limiter.ReservationContract;
import dev.headway.limiter.testing.ManualTicker;

/** The store in memory lets callers wait as stores do. Threads do not share it. */
class MemoryReservationContractTest extends ReservationContract {
    @Override
    protected LimitStore store(ManualTicker ticker) {
        return MemoryStore.builder().ticker(ticker).build();
    }
}
