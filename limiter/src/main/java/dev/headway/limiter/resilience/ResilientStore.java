package dev.headway.limiter.resilience;

import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * A distant store that many servers share, and what becomes of their limits when it is away. Safe to share between limiters and between
 * threads.
 *
 * <pre>{@code
 * LimitStore store = ResilientStore.around(distant)
 *         .standIn(MemoryStore.builder().build())
 *         .servers(3)
 *         .build();
 * }</pre>
 *
 * <p><b>Away.</b> A store that gave no decision three times in a row is left alone: requests do not wait for it any more. After a tenth of a
 * second one of them asks whether it is back, and if not, the next one does after twice the time, up to five seconds; the times are
 * blurred by chance. A request about which the store said nothing is never sent again, since its permits may be spent.
 *
 * <p><b>Alone.</b> Without a stand-in, requests then fail with {@link dev.headway.limiter.StoreUnavailableException}, of which the limiter's
 * {@link dev.headway.limiter.StoreFailurePolicy} makes what its owner wants. With a stand-in the limits go on in this server alone,
 * each divided by the number of servers (at least one permit is left). The stand-in counts all the time, also what the
 * distant store gives through this server, so it knows its keys when it is needed.
 *
 * <p><b>What holds.</b> Be N the permits of a limit, S the number of servers that is set, and M that of those that run.
 * <ul>
 *   <li>In a window in which this server decided a request alone, never more than N pass through this server, however often the store
 *       comes and goes: while it is away, and for one window after, this server's own count holds beside the shared one.
 *   <li>In a window that lies within the time in which the store is away, at most M times N / S, rounded down, but at least 1, pass through all.
 *   <li>In a window that reaches from that time into one in which the store answers, that many come on top of the N that the store gives.
 *   <li>A store that comes back empty, without having been missed, gives N again.
 * </ul>
 *
 * <p><b>Refusals.</b> A key that the store has refused is refused here, without asking, until its first permit returns, but at most for a
 * second: so a reset or a refund by another server is seen within a second. One by this server is seen at once, but for one thing: within
 * a window after the store was away, a reset by another server does not reach this server's own count.
 *
 * <p><b>Joint requests</b> are decided in the same way, all or none wherever it is. <b>Waiting:</b> the distant store gives the place, and
 * this server counts the permits when their time comes. While the store is away, those who wait stand in the line of this server's
 * share, in which the places stay that the store gave through it. Permits that were promised alone pass at their time, even if the store is
 * back by then; so a window in which such a time lies is one in which this server decided alone, for all that is said above.
 */
public final class ResilientStore implements LimitStore {
    private final LimitStore distant;
    private final Optional<LimitStore> standIn;
    private final int servers;
    private final Care care;

    private ResilientStore(Builder builder) {
        this.distant = builder.distant;
        this.standIn = builder.standIn;
        this.servers = builder.servers;
        Backoff backoff = new Backoff(builder.firstPause, builder.longestPause, builder.chance);
        this.care = new Care(builder.ticker, backoff, builder.rememberedRefusals);
    }

    /** Returns a builder of a store that asks another one, and that closes it when it is closed. */
    public static Builder around(LimitStore distant) {
        return new Builder(distant);
    }

    @Override
    public LimitSpace open(Terms terms) {
        LimitSpace shared = distant.open(terms);
        return ResilientSpace.of(shared, standIn.map(store -> StandIn.of(store.open(terms), servers)), care);
    }

    /** Returns how it gets on with the distant store. */
    public StoreHealth health() {
        return care.health();
    }

    /** Closes the distant store and the stand-in. */
    @Override
    public void close() {
        try {
            distant.close();
        } finally {
            standIn.ifPresent(LimitStore::close);
        }
    }

    /** Collects what a {@link ResilientStore} needs. Not for sharing between threads. */
    public static final class Builder {
        private final LimitStore distant;
        private Optional<LimitStore> standIn = Optional.empty();
        private int servers = 1;
        private int rememberedRefusals = 65_536;
        private Duration firstPause = Duration.ofMillis(100);
        private Duration longestPause = Duration.ofSeconds(5);
        private Ticker ticker = Ticker.system();
        private DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();

        private Builder(LimitStore distant) {
            this.distant = distant;
        }

        /** Lets the limits go on in this store, which nobody else uses and which is in memory, while the distant one is away. */
        public Builder standIn(LimitStore newStandIn) {
            standIn = Optional.of(newStandIn);
            return this;
        }

        /** Sets how many servers share the limits, of which each then has its share while it is alone; one, if not set. */
        public Builder servers(int newServers) {
            if (newServers < 1) {
                throw new IllegalArgumentException(newServers + " servers; at least 1 is accepted");
            }
            servers = newServers;
            return this;
        }

        /** Sets for how many keys a refusal is remembered, 65,536 if not set; about 200 bytes each. */
        public Builder rememberedRefusals(int newRememberedRefusals) {
            if (newRememberedRefusals < 0) {
                throw new IllegalArgumentException(newRememberedRefusals + " refusals; 0 or more are accepted");
            }
            rememberedRefusals = newRememberedRefusals;
            return this;
        }

        /** Sets how long the store is left alone at first, and at most; 100 ms and 5 s if not set. */
        public Builder pauses(Duration first, Duration longest) {
            if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
                throw new IllegalArgumentException("pauses from " + first + " to " + longest
                        + "; more than nothing is accepted, and then no less than that");
            }
            firstPause = first;
            longestPause = longest;
            return this;
        }

        /** Sets the time by which the store is left alone and refusals are remembered; that of the Java machine if not set. */
        public Builder ticker(Ticker newTicker) {
            ticker = newTicker;
            return this;
        }

        /** Sets what blurs the pauses: numbers from 0 to 1. */
        public Builder chance(DoubleSupplier newChance) {
            chance = newChance;
            return this;
        }

        /** Returns the store. */
        public ResilientStore build() {
            return new ResilientStore(this);
        }
    }
}
