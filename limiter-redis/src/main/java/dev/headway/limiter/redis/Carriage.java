package dev.headway.limiter.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How requests that travel together are put to Redis, under one view's limits. Implementations are shared by threads. */
interface Carriage {

    /** Returns whether a request for so many permits can be sent so. */
    boolean carries(int permits);

    /** Asks for one request by itself, at whatever length that takes; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<Answer> ask(byte[] key, int permits);

    /** Sends requests in one command; the stage ends with a reply for each of them in their order, or with Lettuce's exception. */
    CompletionStage<List<TakeReply>> send(List<Take> takes, Masters masters);
}
