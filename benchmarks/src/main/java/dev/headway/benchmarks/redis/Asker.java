package dev.headway.benchmarks.redis;

import java.util.concurrent.CompletionStage;

/** A limiter in Redis with its keys, numbered from 0, and its connection. Many threads may ask it. */
interface Asker extends AutoCloseable {

    /** Takes a permit of a key, waiting for the answer; false if there is none. */
    boolean tryAcquire(int key);

    /** Takes a permit of a key; the stage ends with false if there is none. */
    CompletionStage<Boolean> tryAcquireAsync(int key);

    /** Lets go of the connection; throws {@link IllegalStateException} if not every answer was what is to be measured. */
    @Override
    void close();
}
