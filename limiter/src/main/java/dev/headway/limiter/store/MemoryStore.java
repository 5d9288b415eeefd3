package dev.headway.limiter.store;

import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A store in the memory of this process, bounded, exact, and without a thread of its own. Safe to share between limiters and between
 * threads.
 *
 * <p><b>What a key costs.</b> A key is 128 bits, hashed from a number or a text with a secret that is drawn when the store is made: that
 * two of two million keys are taken for one has a chance of about one in 2 to the power of 87. With them go the stamps of its live permits, four bytes each. A key of {@code 10/minute} takes one record of 64 bytes and about nine bytes of table,
 * however many of its permits are live. No object is made per key and no text is kept.
 *
 * <p><b>What happens when the bound is reached.</b> The store holds at most {@link Builder#maxKeys} keys, of all its limiters
 * together, so an attacker who comes with millions of keys takes a known amount of memory and no more. When a new key meets a full
 * store, then
 * <ol>
 *   <li>keys without live permits make room. To forget such a key loses nothing: its next request is decided just as if it had been
 *       remembered. Nothing is guessed, there is no idle time to choose.
 *   <li>Only if every key has a live permit, the owner's {@link Overflow} policy decides about the new one: it is refused with
 *       {@link dev.headway.limiter.Decision.Cause#STORE_FULL}, or it shares the permits of one key with all others that found no
 *       place. Both are counted in {@link #statistics}.
 * </ol>
 * A key with a live permit is never dropped to make room, neither the oldest nor a full one: that would be an amnesty that an
 * attacker can buy with requests. What the attacker can do is keep newcomers out while it pays for as many live keys as the store
 * holds; choose {@code maxKeys} so that this is dear, or let newcomers share. A key that was let in by the shared key and finds a
 * place of its own later starts there with nothing used.
 *
 * <p><b>Expiry.</b> Dead keys leave when new ones come: a new key first frees what is dead in one page of its neighbourhood. Nothing
 * ever scans all keys at once.
 *
 * <p><b>Threads.</b> A refusal takes no lock and writes nothing. An admission locks one of many small segments for some tens of
 * nanoseconds, or longer when the segment is split in two: 0.3 ms for the keys of that one segment, measured with a million keys.
 */
public final class MemoryStore implements LimitStore {
    private final Map<String, MemorySpace> spaces = new ConcurrentHashMap<>();
    private final KeyHash hashing;
    private final TableShape shape;
    private final ElapsedClock clock;
    private final Population population;
    private final Overflow overflow;

    private MemoryStore(Builder builder) {
        this.hashing = builder.hashing.get();
        this.shape = builder.shape;
        this.clock = new ElapsedClock(builder.ticker);
        this.population = new Population(builder.maxKeys, builder.maxBytes);
        this.overflow = builder.overflow;
    }

    /** Returns a builder, with which nothing needs to be set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public LimitSpace open(Terms terms) {
        MemorySpace space = spaces.computeIfAbsent(terms.name(), ignored -> space(terms));
        space.terms().requireSame(terms);
        return space;
    }

    /** Returns how full the store is and what that has led to; counted afresh, by a look at every page. */
    public StoreStatistics statistics() {
        return new StoreStatistics(
                population.held(),
                spaces.values().stream()
                        .mapToLong(space -> space.keys().bytes())
                        .sum(),
                spaces.values().stream()
                        .mapToLong(space -> space.keys().overflowed())
                        .sum());
    }

    /** Does nothing: the store has no thread and no file, and is collected with the last limiter that uses it. */
    @Override
    public void close() {}

    private MemorySpace space(Terms terms) {
        KeyTable table = new KeyTable(shape, LimitRules.layout(terms), population);
        return new MemorySpace(new Keyspace(table, hashing, clock, population, overflow, terms.limits()), terms);
    }

    /** Collects what a {@link MemoryStore} needs. Not for sharing between threads. */
    public static final class Builder {
        private int maxKeys = 1_000_000;
        private long maxBytes = Long.MAX_VALUE;
        private Ticker ticker = Ticker.system();
        private Overflow overflow = Overflow.REFUSE_NEW;
        private Supplier<KeyHash> hashing = KeyHash::random;
        private TableShape shape = TableShape.USUAL;

        private Builder() {}

        /** Sets how many keys all limiters together may hold, at least 1; a million if not set. */
        public Builder maxKeys(int newMaxKeys) {
            if (newMaxKeys < 1) {
                throw new IllegalArgumentException("a store of " + newMaxKeys + " keys; at least 1 is accepted");
            }
            maxKeys = newMaxKeys;
            return this;
        }

        /**
         * Sets how many bytes the keys of all limiters together may take, at least 1; without bound if not set, so that only the number
         * of keys bounds them. Every key counts as large as it may become. A limiter's empty table takes some kilobytes besides.
         */
        public Builder maxBytes(long newMaxBytes) {
            if (newMaxBytes < 1) {
                throw new IllegalArgumentException("a store of " + newMaxBytes + " bytes; at least 1 is accepted");
            }
            maxBytes = newMaxBytes;
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

        /** Sets how tables place keys and when they grow: for tests that must meet the same places again, or splits soon. */
        Builder table(KeyHash newHashing, TableShape newShape) {
            hashing = () -> newHashing;
            shape = newShape;
            return this;
        }

        /** Returns the store. */
        public MemoryStore build() {
            return new MemoryStore(this);
        }
    }
}
