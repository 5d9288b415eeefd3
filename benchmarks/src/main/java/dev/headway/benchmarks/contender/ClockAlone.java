package dev.headway.benchmarks.contender;

import java.util.function.BooleanSupplier;

/** A reading of the clock, which every limiter needs. Threads may share it. */
final class ClockAlone implements Contender {

    @Override
    public boolean tryAcquire(int key) {
        return System.nanoTime() == key;
    }

    @Override
    public BooleanSupplier direct(int key) {
        return () -> System.nanoTime() == key;
    }
}
