package dev.headway.limiter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

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
    private final List<Layer> layers;
    private final Waiting waiting;

    private RateLimiter(Terms terms, LimitSpace space, List<Layer> layers, Waiting waiting) {
        this.terms = terms;
        this.space = space;
        this.layers = layers;
        this.waiting = waiting;
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

    /**
     * Takes so many permits of the key, at least 1, or none, and lets no thread wait for a store on the network: a store in memory answers
     * at once, and the stage that is returned has ended. It fails with {@link StoreUnavailableException} if the store gives no decision.
     * What is chained to it may run on a thread of the store's, and must not block.
     */
    public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
        return space.tryAcquireAsync(key, requirePositive(permits));
    }

    /** Answers as {@link #peek(Key, int)} does, in the way of {@link #tryAcquireAsync}. */
    public CompletionStage<Decision> peekAsync(Key key, int permits) {
        return space.peekAsync(key, requirePositive(permits));
    }

    /** Returns what decides about one key that is asked for again and again, faster than by its name. */
    public KeyLimiter forKey(Key key) {
        return new KeyLimiter(space.forKey(key));
    }

    /** Answers as {@link #tryAcquire(String, int)} would, and takes nothing; the usages are those before. */
    public Decision peek(String key, int permits) {
        return peek(Key.of(key), permits);
    }

    /** Answers as to a request for so many permits, at least 1, and takes nothing; the usages are those before. */
    public Decision peek(Key key, int permits) {
        return space.peek(key, requirePositive(permits));
    }

    /** Returns what is known of the key, for an operator to see. */
    public Snapshot snapshot(Key key) {
        return space.snapshot(key);
    }

    /** Forgets the key, so that all its permits can be taken. */
    public void reset(String key) {
        reset(Key.of(key));
    }

    /** Forgets the key, so that all its permits can be taken. */
    public void reset(Key key) {
        space.reset(key);
    }

    /** Does as {@link #reserve(Key, int, Duration)} for the key of a text. */
    public Decision reserve(String key, int permits, Duration maxWait) {
        return reserve(Key.of(key), permits, maxWait);
    }

    /**
     * Takes so many permits, at least 1, at the first time at which they fit, behind all who reserved before, and returns at once: {@link
     * Decision.Allowed#waitNanos} says when the caller may go. {@link Decision.Allowed#refund} gives the place back; those behind keep the
     * times they were told. If it would be more than {@code maxWait} away, nothing is taken and the answer is a refusal. While somebody
     * waits for a key, nobody else takes permits of it first. Throws {@link UnsupportedOperationException} if the store or the algorithm
     * keeps no places in the future. A store bounds how many may wait for one key, that in memory at 65,535; more are refused.
     */
    public Decision reserve(Key key, int permits, Duration maxWait) {
        return space.reserve(key, requirePositive(permits), Waiting.nanos(maxWait));
    }

    /** Does as {@link #acquire(Key, int, Duration)} for the key of a text. */
    public Decision acquire(String key, int permits, Duration timeout) throws InterruptedException {
        return acquire(Key.of(key), permits, timeout);
    }

    /**
     * Takes so many permits, at least 1, waiting for them in the order of the calls; a caller who cannot have them within the timeout gets
     * the refusal at once and takes nothing. Throws {@link InterruptedException} if the thread is interrupted before its turn, after its
     * place was given back, and {@link UnsupportedOperationException} as {@link #reserve(Key, int, Duration)} does.
     */
    public Decision acquire(Key key, int permits, Duration timeout) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before limiter \"" + name() + "\" was asked");
        }
        return waiting.untilDue(reserve(key, permits, timeout));
    }

    /** Does as {@link #acquireAsync(Key, int, Duration)} for the key of a text. */
    public CompletableFuture<Decision> acquireAsync(String key, int permits, Duration timeout) {
        return acquireAsync(Key.of(key), permits, timeout);
    }

    /**
     * Takes so many permits, at least 1, as {@link #acquire(Key, int, Duration)} does, but lets a future wait: it completes with the
     * permits when they are due, or at once with whatever else the answer is. To cancel it before, or to complete it in any other way,
     * gives the place back. It fails with {@link StoreUnavailableException} if the store is away and with {@link
     * java.util.concurrent.RejectedExecutionException} if the scheduler is shut down. A store on the network is asked by the calling
     * thread, which waits for the store's answer.
     */
    public CompletableFuture<Decision> acquireAsync(Key key, int permits, Duration timeout) {
        try {
            return waiting.whenDue(reserve(key, permits, timeout));
        } catch (StoreUnavailableException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Does as {@link #claim(Key, int)} for the key of a text. */
    public Claim claim(String key, int permits) {
        return claim(Key.of(key), permits);
    }

    /** Returns a part of a joint request: so many permits of the key, at least 1. */
    public Claim claim(Key key, int permits) {
        return new Claim(this, key, permits);
    }

    /**
     * Takes what all claims ask for or nothing at all, of several keys and limiters in one store, and so that nobody ever sees a part of it
     * taken. The limits decide, and listeners are told of each claim; a limiter in shadow mode holds the others up for nothing; penalties
     * and policies for failures have no part in it. Throws {@link IllegalArgumentException} for no claims, for two of one key (claim the
     * sum), or for limiters of different stores, and {@link UnsupportedOperationException} if the store cannot.
     */
    public static JointDecision tryAcquireAll(List<Claim> claims) {
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("no claims; at least one is needed");
        }
        List<SpaceClaim> asked = claims.stream().map(RateLimiter::asked).toList();
        List<Decision> answers = asked.get(0).space().tryAcquireAll(asked);
        List<Decision> decisions = new ArrayList<>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            decisions.add(claims.get(i).limiter().afterJoint(claims.get(i), answers.get(i)));
        }
        return new JointDecision(decisions.stream().allMatch(Decision::allowed), decisions);
    }

    private static SpaceClaim asked(Claim claim) {
        boolean isShadow = claim.limiter().layers.stream().anyMatch(ShadowLayer.class::isInstance);
        return new SpaceClaim(claim.limiter().space.decidingFor(claim.key()), claim.key(), claim.permits(), isShadow);
    }

    private Decision afterJoint(Claim claim, Decision answer) {
        Attempt attempt = Attempt.take(claim.key(), claim.permits());
        Decision decision = answer;
        for (Layer layer : layers) {
            decision = layer.afterJoint(attempt, decision);
        }
        return decision;
    }

    /**
     * Returns a limiter of the same keys under other limits, such as those of another tier: what one of the two gives, both have given.
     * Throws {@link UnsupportedOperationException} if the store cannot, and {@link IllegalArgumentException} for limits that it cannot
     * keep.
     */
    public RateLimiter withLimits(List<Limit> limits) {
        return new RateLimiter(terms.withLimits(limits), space.withLimits(List.copyOf(limits)), layers, waiting);
    }

    /**
     * Puts other limits in the place of these, at once and for all keys. What is taken stays taken: a lower limit forgets nothing, a higher
     * one has room at once, and to lower and raise again is no amnesty. Limiters made by {@link #withLimits} keep theirs. Throws {@link
     * UnsupportedOperationException} if the store cannot, and {@link IllegalArgumentException} for limits that it cannot keep.
     */
    public void changeLimits(List<Limit> limits) {
        space.changeLimits(terms.withLimits(limits).limits());
    }

    static int requirePositive(int permits) {
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
        private Optional<Function<Key, List<Limit>>> limitsFor = Optional.empty();
        private final LayerPlan plan = new LayerPlan();
        private Sleeper sleeper = Sleeper.system();
        private Alarm alarm = Alarm.ofJdk();

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
         * Lets the limits depend on the key: the function is called with every request, by many threads, and returns at least one limit. A
         * key whose limits change keeps what it has used. {@link #limits} is needed all the same: it is what {@link RateLimiter#limits}
         * tells.
         */
        public Builder limitsFor(Function<Key, List<Limit>> newLimitsFor) {
            limitsFor = Optional.of(newLimitsFor);
            return this;
        }

        /**
         * Sets what becomes of keys that are refused too often; nothing if not set. The store keeps two more spaces for it, whose names
         * are that of the limiter, two numbers, and {@code .knocks} or {@code .shut-outs}; limiters of one name may have different penalties.
         */
        public Builder penalty(Penalty newPenalty) {
            plan.penalise(newPenalty);
            return this;
        }

        /** Sets what a request gets when the store gives no decision; its exception if not set, but in shadow mode leave to go on. */
        public Builder onStoreFailure(StoreFailurePolicy newPolicy) {
            plan.onStoreFailure(newPolicy);
            return this;
        }

        /**
         * Lets the limiter decide and report as ever, but refuse nobody and let nobody wait: who would have been held up gets {@link
         * Decision.Shadowed}. For trying a limit on real traffic.
         */
        public Builder shadow() {
            plan.shadow();
            return this;
        }

        /** Adds a listener, which hears every decision after those added before it. */
        public Builder listener(DecisionListener listener) {
            plan.tell(listener);
            return this;
        }

        /** Sets how threads wait in {@link RateLimiter#acquire}; by parking on the clock of the Java machine if not set. */
        public Builder sleeper(Sleeper newSleeper) {
            sleeper = newSleeper;
            return this;
        }

        /**
         * Sets in whose threads the futures of {@link RateLimiter#acquireAsync} complete; by the timer of the JDK and in the common pool
         * if not set. The caller shuts it down.
         */
        public Builder scheduler(ScheduledExecutorService newScheduler) {
            alarm = Alarm.of(newScheduler);
            return this;
        }

        /** Returns the limiter; throws {@link IllegalArgumentException} if something is missing or the store cannot keep the limits. */
        public RateLimiter build() {
            Terms terms = new Terms(name, algorithm, limits, burst);
            LimitStore chosen = store.orElseThrow(this::noStore);
            List<Layer> layers = plan.layers(name, chosen);
            return new RateLimiter(terms, space(terms, chosen, layers), layers, new Waiting(sleeper, alarm));
        }

        private LimitSpace space(Terms terms, LimitStore chosen, List<Layer> layers) {
            LimitSpace opened = chosen.open(terms);
            LimitSpace space = limitsFor
                    .<LimitSpace>map(function -> new LimitsByKey(terms, opened, function))
                    .orElse(opened);
            for (Layer layer : layers) {
                space = new LayeredSpace(space, layer);
            }
            return space;
        }

        private IllegalArgumentException noStore() {
            return new IllegalArgumentException(
                    "limiter \"" + name + "\" has no store; MemoryStore.builder().build() makes one");
        }
    }
}
