package dev.headway.benchmarks.contender;

import java.util.function.BooleanSupplier;

/** A rate limiter with its keys, numbered from 0. Many threads may ask it. */
public interface Contender {

    /** Takes a permit of a key, which is looked up; false if there is none. */
    boolean tryAcquire(int key);

    /** The shortest way to ask for one key again and again: without a look-up where the limiter has an object per key. */
    BooleanSupplier direct(int key);
}
