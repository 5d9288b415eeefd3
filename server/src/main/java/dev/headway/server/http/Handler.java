package dev.headway.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a route does, and on which kind of thread; immutable, and called by many threads at once.
 *
 * <p>Most handlers are plain blocking methods and run on a worker thread. One that waits for something slow (a process
 * that is told to stop) returns a stage instead, so that no thread waits with it; when the client goes before it is
 * answered, the stage is cancelled. One that only looks at memory may stay on the event loop, where blocking would stop
 * every other client.
 *
 * @param where the kind of thread that calls the action
 * @param action what is done
 */
public record Handler(Where where, Action action) {
    /** The kinds of thread. */
    public enum Where {
        /** A worker; when all are busy and the queue is full, the client is answered 503. */
        WORKER,
        /** The event loop; the action must not block. */
        EVENT_LOOP
    }

    /** From a request to its answer, now or later. */
    @FunctionalInterface
    public interface Action {
        /**
         * Answers a request.
         *
         * @throws HttpProblem to end with its answer
         * @throws Exception anything else, which is logged and answered 500
         */
        CompletionStage<Response> handle(Request request) throws Exception;
    }

    /** From a request to its answer, by a method that may block. */
    @FunctionalInterface
    public interface BlockingAction {
        /**
         * Answers a request.
         *
         * @throws HttpProblem to end with its answer
         * @throws Exception anything else, which is logged and answered 500
         */
        Response handle(Request request) throws Exception;
    }

    /** Returns a handler that runs on a worker thread from beginning to end. */
    public static Handler blocking(BlockingAction action) {
        return new Handler(Where.WORKER, request -> CompletableFuture.completedStage(action.handle(request)));
    }

    /** Returns a handler that is started on a worker thread and answers when its stage ends, holding no thread meanwhile. */
    public static Handler asynchronous(Action action) {
        return new Handler(Where.WORKER, action);
    }

    /** Returns a handler that only looks at memory and runs on the event loop. */
    public static Handler immediate(BlockingAction action) {
        return new Handler(Where.EVENT_LOOP, request -> CompletableFuture.completedStage(action.handle(request)));
    }
}
