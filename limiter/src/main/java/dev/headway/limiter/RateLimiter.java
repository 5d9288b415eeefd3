package dev.headway.limiter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides who may go on, by one or several limits per key. Safe to share between threads.
 *
 * <pre>{@code
 * RateLimiter limiter = RateLimiter.builder()
 *         .name("login")
 *         .limits(Limit.parseAll("100/hour;10/minute"))
 *         .store(MemoryStore.builder().build())
 *         .build();
 * if (limiter.tryAcquire(user) instanceof Decision.Refused refused) {
 *     return tooManyRequests(refused.retryAfter());
 * }
 * }</pre>
 *
 * <p>Several limits are all or nothing: a request takes its permits from each of them or from none. A refused request takes
 * nothing. In any window of a limit's length at most as many permits are given as the limit says, if no other {@link Algorithm} is
 * chosen.
 */
public final class RateLimiter {
    private final Terms terms;
    private final LimitSpace space;

    private RateLimiter(Terms terms, LimitSpace space) {
        this.terms = terms;
        this.space = space;
    }

    /** Returns a builder; name, limits and store are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the name that sets this limiter's keys apart from those of others in the same store. */
    public String name() {
        return terms.name();
    }

    /** Returns the limits that hold, in the order given. */
    public List<Limit> limits() {
        return space.limits();
    }

    /** Returns how the limiter counts. */
    public Algorithm algorithm() {
        return terms.algorithm();
    }

    /** Takes one permit of the key, or none. */
    public Decision tryAcquire(String key) {
        return space.tryAcquire(key, 1);
    }

    /** Takes so many permits of the key, at least 1, or none; throws {@link IllegalArgumentException} for fewer than 1. */
    public Decision tryAcquire(String key, int permits) {
        return space.tryAcquire(key, requirePositive(permits));
    }

    /** Takes so many permits of a key of 128 bits, say an address, or none; throws {@link IllegalArgumentException} for fewer than 1. */
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return space.tryAcquire(keyHigh, keyLow, requirePositive(permits));
    }

    /**
     * Takes one permit of the key, or none, as {@link #tryAcquire(String)} does, and answers by a number, for which nothing is allocated:
     * zero if the permit was taken, else the nanoseconds until it fits, and {@link Long#MAX_VALUE} if it never does.
     */
    public long tryAcquireNanos(String key) {
        return space.tryAcquireNanos(key, 1);
    }

    /** Takes so many permits of the key, at least 1, or none; answers as {@link #tryAcquireNanos(String)}. */
    public long tryAcquireNanos(String key, int permits) {
        return space.tryAcquireNanos(key, requirePositive(permits));
    }

    /** Takes so many permits of a key of 128 bits, at least 1, or none; answers as {@link #tryAcquireNanos(String)}. */
    public long tryAcquireNanos(long keyHigh, long keyLow, int permits) {
        return space.tryAcquireNanos(keyHigh, keyLow, requirePositive(permits));
    }

    /** Answers as {@link #tryAcquire(String, int)} would, and takes nothing; the usages are those before. */
    public Decision peek(String key, int permits) {
        return peek(Key.of(key), permits);
    }

    /** Answers as to a request for so many permits, at least 1, and takes nothing; the usages are those before. */
    public Decision peek(Key key, int permits) {
        return space.peek(key, requirePositive(permits));
    }

    /** Forgets the key, so that all its permits can be taken. */
    public void reset(String key) {
        reset(Key.of(key));
    }

    /** Forgets the key, so that all its permits can be taken. */
    public void reset(Key key) {
        space.reset(key);
    }

    private static int requirePositive(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException(permits + " permits asked for; at least 1 is accepted");
        }
        return permits;
    }

    /** Collects what a {@link RateLimiter} needs. Not for sharing between threads. */
    public static final class Builder {
        private String name = "";
        private List<Limit> limits = List.of();
        private Algorithm algorithm = Algorithm.SLIDING_WINDOW;
        private int burst = Terms.NO_BURST;
        private Optional<LimitStore> store = Optional.empty();
        private Optional<Penalty> penalty = Optional.empty();
        private Optional<StoreFailurePolicy> storeFailurePolicy = Optional.empty();
        private boolean shadow;
        private final List<DecisionListener> listeners = new ArrayList<>();

        private Builder() {}

        /** Sets the name: 1 to 64 letters, digits, dots, hyphens and underscores. */
        public Builder name(String newName) {
            name = newName;
            return this;
        }

        /** Sets the limits, at least one. */
        public Builder limits(List<Limit> newLimits) {
            limits = List.copyOf(newLimits);
            return this;
        }

        /** Sets the limits, at least one. */
        public Builder limits(Limit... newLimits) {
            return limits(List.of(newLimits));
        }

        /** Sets how the limiter counts; by the exact sliding window if not set. */
        public Builder algorithm(Algorithm newAlgorithm) {
            algorithm = newAlgorithm;
            return this;
        }

        /** Sets how many tokens a bucket holds, at least 1; as many as its limit has permits if not set. Only token buckets have any. */
        public Builder burst(int newBurst) {
            if (newBurst < 1) {
                throw new IllegalArgumentException("a burst of " + newBurst + "; at least 1 is accepted");
            }
            burst = newBurst;
            return this;
        }

        /** Sets the store; it may serve other limiters too, and the caller closes it. */
        public Builder store(LimitStore newStore) {
            store = Optional.of(newStore);
            return this;
        }

        /**
         * Sets what becomes of keys that are refused too often; nothing if not set. The store keeps two more spaces for it, named as the
         * limiter with {@code .knocks} and {@code .shut-outs} behind.
         */
        public Builder penalty(Penalty newPenalty) {
            penalty = Optional.of(newPenalty);
            return this;
        }

        /** Sets what a request gets when the store gives no decision; its exception if not set, but in shadow mode leave to go on. */
        public Builder onStoreFailure(StoreFailurePolicy newPolicy) {
            storeFailurePolicy = Optional.of(newPolicy);
            return this;
        }

        /**
         * Lets the limiter decide and report as ever, but refuse nobody and let nobody wait: who would have been held up gets {@link
         * Decision.Shadowed}. For trying a limit on real traffic.
         */
        public Builder shadow() {
            shadow = true;
            return this;
        }

        /** Adds a listener, which hears every decision after those added before it. */
        public Builder listener(DecisionListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Returns the limiter; throws {@link IllegalArgumentException} if something is missing or the store cannot keep the limits. */
        public RateLimiter build() {
            Terms terms = new Terms(name, algorithm, limits, burst);
            LimitStore chosen = store.orElseThrow(this::noStore);
            return new RateLimiter(terms, space(chosen.open(terms), chosen));
        }

        private LimitSpace space(LimitSpace opened, LimitStore chosen) {
            LimitSpace space = opened;
            for (Layer layer : layers(chosen)) {
                space = new LayeredSpace(space, layer);
            }
            return space;
        }

        /** Returns the layers that were asked for, the innermost first. */
        private List<Layer> layers(LimitStore chosen) {
            List<Layer> layers = new ArrayList<>();
            penalty.ifPresent(asked -> layers.add(new PenaltyLayer(name, asked, chosen)));
            StoreFailurePolicy policy =
                    storeFailurePolicy.orElse(shadow ? StoreFailurePolicy.ALLOW : StoreFailurePolicy.THROW);
            if (policy != StoreFailurePolicy.THROW) {
                layers.add(new StoreFailureLayer(policy == StoreFailurePolicy.ALLOW));
            }
            if (shadow) {
                layers.add(new ShadowLayer());
            }
            if (!listeners.isEmpty()) {
                layers.add(new ReportingLayer(name, listeners));
            }
            return layers;
        }

        private IllegalArgumentException noStore() {
            return new IllegalArgumentException(
                    "limiter \"" + name + "\" has no store; MemoryStore.builder().build() makes one");
        }
    }
}
