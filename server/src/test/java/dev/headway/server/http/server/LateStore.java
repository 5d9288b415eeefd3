package dev.headway.server.http.server;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Terms;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.server.Await;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that answers when the test says so; whoever would wait for it is told so by an error. Threads may share it. */
final class LateStore implements LimitStore {
    private final MemoryStore memory = MemoryStore.builder().build();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** Returns how many questions have come. */
    int asked() {
        return asked.get();
    }

    /** Answers what waits, or what comes next. */
    void answerOne() {
        Await.until("a question", () -> !waiting.isEmpty());
        waiting.remove().run();
    }

    @Override
    public LimitSpace open(Terms terms) {
        return new LateSpace(memory.open(terms));
    }

    @Override
    public void close() {
        memory.close();
    }

    private final class LateSpace implements LimitSpace {
        private final LimitSpace space;

        LateSpace(LimitSpace space) {
            this.space = space;
        }

        @Override
        public List<Limit> limits() {
            return space.limits();
        }

        @Override
        public LimitSpace withLimits(List<Limit> limits) {
            return new LateSpace(space.withLimits(limits));
        }

        @Override
        public Decision tryAcquire(String key, int permits) {
            throw new AssertionError("an event loop would wait");
        }

        @Override
        public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
            throw new AssertionError("an event loop would wait");
        }

        @Override
        public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
            CompletableFuture<Decision> answer = new CompletableFuture<>();
            waiting.add(() -> {
                Decision decision = space.tryAcquireAsync(key, permits)
                        .toCompletableFuture()
                        .join();
                answer.complete(decision);
            });
            asked.incrementAndGet();
            return answer;
        }
    }
}
