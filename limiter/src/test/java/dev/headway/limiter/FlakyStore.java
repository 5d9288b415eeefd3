package dev.headway.limiter;

import java.util.List;
import java.util.function.Supplier;

/** A store that can go away, as one on a network can. Not for sharing between threads. */
public final class FlakyStore implements LimitStore {
    private final LimitStore store;
    private boolean away;

    /** Makes a store that does as the other one while it is there. */
    public FlakyStore(LimitStore store) {
        this.store = store;
    }

    /** Lets the store go away, or come back. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    @Override
    public LimitSpace open(Terms terms) {
        return new FlakySpace(store.open(terms));
    }

    @Override
    public void close() {
        store.close();
    }

    private final class FlakySpace implements LimitSpace {
        private final LimitSpace space;

        FlakySpace(LimitSpace space) {
            this.space = space;
        }

        @Override
        public List<Limit> limits() {
            return space.limits();
        }

        @Override
        public Decision tryAcquire(String key, int permits) {
            return ask(() -> space.tryAcquire(key, permits));
        }

        @Override
        public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
            return ask(() -> space.tryAcquire(keyHigh, keyLow, permits));
        }

        @Override
        public Decision peek(Key key, int permits) {
            return ask(() -> space.peek(key, permits));
        }

        @Override
        public Decision reserve(Key key, int permits, long maxWaitNanos) {
            return ask(() -> space.reserve(key, permits, maxWaitNanos));
        }

        @Override
        public void reset(Key key) {
            space.reset(key);
        }

        private Decision ask(Supplier<Decision> question) {
            if (away) {
                throw new StoreAway();
            }
            return question.get();
        }
    }
}
