package dev.headway.limiter;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A store that answers at once, later, or not at all, as the test says; whoever would wait for it is told so by an error. Not for sharing
 * between threads.
 */
public final class DistantStore implements LimitStore {
    private final LimitStore store;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean away;
    private boolean holding;
    private int asked;

    /** Makes a store that does as the other one, at once. */
    public DistantStore(LimitStore store) {
        this.store = store;
    }

    /** Lets questions fail from now on, or be answered again. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    /** Returns whether questions fail. */
    public boolean isAway() {
        return away;
    }

    /** Lets questions wait until {@link #answer}. */
    public void hold() {
        holding = true;
    }

    /** Answers all questions that wait, and the later ones at once. */
    public void answer() {
        holding = false;
        while (!held.isEmpty()) {
            held.remove().run();
        }
    }

    /** Returns how many questions were asked. */
    public int asked() {
        return asked;
    }

    @Override
    public LimitSpace open(Terms terms) {
        return new DistantSpace(store.open(terms));
    }

    @Override
    public void close() {
        store.close();
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        asked++;
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable decide = () -> {
            if (away) {
                answer.completeExceptionally(new StoreAway());
            } else {
                answer.complete(question.get());
            }
        };
        if (holding) {
            held.add(decide);
        } else {
            decide.run();
        }
        return answer;
    }

    private static SpaceClaim inStore(SpaceClaim claim) {
        return claim.space() instanceof DistantSpace distant
                ? new SpaceClaim(distant.space, claim.key(), claim.permits(), claim.advisory())
                : claim;
    }

    /** Asks what only a thread that waits can ask. */
    private <T> T askAndWait(Supplier<T> question) {
        asked++;
        if (away) {
            throw new StoreAway();
        }
        return question.get();
    }

    private final class DistantSpace implements LimitSpace {
        private final LimitSpace space;

        DistantSpace(LimitSpace space) {
            this.space = space;
        }

        @Override
        public List<Limit> limits() {
            return space.limits();
        }

        @Override
        public Decision tryAcquire(String key, int permits) {
            throw wouldWait();
        }

        @Override
        public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
            throw wouldWait();
        }

        @Override
        public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
            return ask(() -> Attempt.take(key, permits).of(space));
        }

        @Override
        public CompletionStage<Decision> peekAsync(Key key, int permits) {
            return ask(() -> space.peek(key, permits));
        }

        @Override
        public CompletionStage<?> resetAsync(Key key) {
            return ask(() -> {
                space.reset(key);
                return key;
            });
        }

        @Override
        public Decision reserve(Key key, int permits, long minWaitNanos, long maxWaitNanos) {
            return askAndWait(() -> space.reserve(key, permits, minWaitNanos, maxWaitNanos));
        }

        @Override
        public List<Decision> tryAcquireAll(List<SpaceClaim> claims) {
            List<SpaceClaim> theirs = claims.stream().map(DistantStore::inStore).toList();
            return askAndWait(() -> space.tryAcquireAll(theirs));
        }

        @Override
        public void reset(Key key) {
            if (away) {
                throw new StoreAway();
            }
            space.reset(key);
        }

        @Override
        public LimitSpace withLimits(List<Limit> limits) {
            return new DistantSpace(space.withLimits(limits));
        }

        @Override
        public void changeLimits(List<Limit> limits) {
            space.changeLimits(limits);
        }

        private AssertionError wouldWait() {
            return new AssertionError("a thread would wait for the store");
        }
    }
}
