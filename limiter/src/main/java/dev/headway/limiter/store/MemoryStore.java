package dev.headway.limiter.store;

import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store in the memory of this process. Safe to share between limiters and between threads. */
public final class MemoryStore implements LimitStore {
    private final Map<String, MemorySpace> spaces = new ConcurrentHashMap<>();
    private final Ticker ticker;
    private final int maxKeys;
    private final Overflow overflow;

    private MemoryStore(Builder builder) {
        this.ticker = builder.ticker;
        this.maxKeys = builder.maxKeys;
        this.overflow = builder.overflow;
    }

    /** Returns a builder, with which nothing needs to be set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public LimitSpace open(String name, List<Limit> limits) {
        MemorySpace space = spaces.computeIfAbsent(name, ignored -> new MemorySpace(limits, ticker, maxKeys, overflow));
        if (!space.limits().equals(limits)) {
            throw new IllegalArgumentException("limiter \"" + name + "\" with limits " + limits
                    + "; the store has one of that name with limits " + space.limits());
        }
        return space;
    }

    /** Forgets every key. */
    @Override
    public void close() {
        spaces.clear();
    }

    /** Collects what a {@link MemoryStore} needs. Not for sharing between threads. */
    public static final class Builder {
        private int maxKeys = 1_000_000;
        private Ticker ticker = Ticker.system();
        private Overflow overflow = Overflow.REFUSE_NEW;

        private Builder() {}

        /** Sets how many keys all limiters together may hold, at least 1; a million if not set. */
        public Builder maxKeys(int newMaxKeys) {
            if (newMaxKeys < 1) {
                throw new IllegalArgumentException("a store of " + newMaxKeys + " keys; at least 1 is accepted");
            }
            maxKeys = newMaxKeys;
            return this;
        }

        /** Sets the clock; that of the Java machine if not set. */
        public Builder ticker(Ticker newTicker) {
            ticker = newTicker;
            return this;
        }

        /** Sets what happens to new keys when the store is full of live ones; they are refused if not set. */
        public Builder overflow(Overflow newOverflow) {
            overflow = newOverflow;
            return this;
        }

        /** Returns the store. */
        public MemoryStore build() {
            return new MemoryStore(this);
        }
    }
}
