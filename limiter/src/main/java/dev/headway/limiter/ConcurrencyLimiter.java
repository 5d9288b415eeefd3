package dev.headway.limiter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets at most so many in at once, per key. Safe to share between threads.
 *
 * <pre>{@code
 * Optional<Permit> permit = exports.tryAcquire(user);
 * if (permit.isEmpty()) {
 *     return tooManyAtOnce();
 * }
 * try (Permit inside = permit.get()) {
 *     return export();
 * }
 * }</pre>
 *
 * <p><b>The model.</b> It is the exact sliding window again: N permits per window as long as a permit may be kept, and whoever leaves
 * gives back the very permit it took. At any moment the log holds just those that came in within the last window and have not
 * left, so at most N are inside, if none stays longer than its permit lasts.
 *
 * <p><b>Leaks.</b> A permit that is never closed is kept for a hundred years, unless {@link Builder#leakedExpireAfter} says how long;
 * then its place is free after that time, exactly. Who stays inside for longer is not counted any more, so choose it well above the
 * longest work. A key with a permit takes a place in its store, which a leaked one never leaves.
 */
public final class ConcurrencyLimiter {
    private final String name;
    private final int most;
    private final LimitSpace space;

    private ConcurrencyLimiter(String name, Limit limit, LimitStore store) {
        this.name = name;
        this.most = limit.permits();
        this.space = store.open(new Terms(name, Algorithm.SLIDING_WINDOW, List.of(limit)));
    }

    /** Returns a builder; name, number and store are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the name that sets this limiter's keys apart from those of others in the same store. */
    public String name() {
        return name;
    }

    /** Returns how many may be inside at once. */
    public int atMost() {
        return most;
    }

    /** Does as {@link #tryAcquire(Key)} for the key of a text. */
    public Optional<Permit> tryAcquire(String key) {
        return tryAcquire(Key.of(key));
    }

    /**
     * Returns a permit to be inside, or nothing if as many as may be are, or if the key is new and the store is full. Throws {@link
     * UnsupportedOperationException} if the store takes no permits back.
     */
    public Optional<Permit> tryAcquire(Key key) {
        if (!(Attempt.take(key, 1).of(space) instanceof Decision.Allowed allowed)) {
            return Optional.empty();
        }
        if (allowed.receipt() == Receipt.none()) {
            throw new UnsupportedOperationException(
                    "limiter \"" + name + "\": its store takes no permits back, so nobody could leave");
        }
        return Optional.of(new Permit(allowed.receipt()));
    }

    /** Does as {@link #inside(Key)} for the key of a text. */
    public int inside(String key) {
        return inside(Key.of(key));
    }

    /** Returns how many are inside; at once, others may have come and gone. */
    public int inside(Key key) {
        return most - Math.toIntExact(space.peek(key, 1).usages().get(0).remaining());
    }

    /** Collects what a {@link ConcurrencyLimiter} needs. Not for sharing between threads. */
    public static final class Builder {
        private String name = "";
        private int most;
        private Optional<Duration> lease = Optional.empty();
        private Optional<LimitStore> store = Optional.empty();

        private Builder() {}

        /** Sets the name: 1 to 64 letters, digits, dots, hyphens and underscores. */
        public Builder name(String newName) {
            name = newName;
            return this;
        }

        /** Sets how many may be inside at once, at least 1. */
        public Builder atMost(int newMost) {
            if (newMost < 1) {
                throw new IllegalArgumentException("at most " + newMost + " inside; at least 1 is accepted");
            }
            most = newMost;
            return this;
        }

        /** Sets how long a permit lasts that nobody closes: whole seconds, at least one; a hundred years if not set. */
        public Builder leakedExpireAfter(Duration newLease) {
            WholeSeconds.require("a lease", newLease);
            lease = Optional.of(newLease);
            return this;
        }

        /** Sets the store; it may serve other limiters too, and the caller closes it. */
        public Builder store(LimitStore newStore) {
            store = Optional.of(newStore);
            return this;
        }

        /** Returns the limiter; throws {@link IllegalArgumentException} if something is missing or the store cannot keep so many permits. */
        public ConcurrencyLimiter build() {
            return new ConcurrencyLimiter(name, limit(), store.orElseThrow(this::noStore));
        }

        private Limit limit() {
            if (most == 0) {
                throw new IllegalArgumentException("limiter \"" + name + "\" lets nobody in; atMost(1) lets in one");
            }
            return lease.map(window -> WholeSeconds.limit(most, window))
                    .orElseGet(() -> new Limit(most, 100, Unit.YEAR));
        }

        private IllegalArgumentException noStore() {
            return new IllegalArgumentException(
                    "limiter \"" + name + "\" has no store; MemoryStore.builder().build() makes one");
        }
    }
}
