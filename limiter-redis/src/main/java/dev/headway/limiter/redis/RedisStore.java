package dev.headway.limiter.redis;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Limits kept in Redis and shared by every server that uses the same one. Threads share it.
 *
 * <pre>{@code
 * try (RedisStore store = RedisStore.builder("redis://127.0.0.1:6379").build()) {
 *     RateLimiter limiter = RateLimiter.builder()
 *             .name("login")
 *             .limits(Limit.parse("10/minute"))
 *             .store(store)
 *             .build();
 *     limiter.tryAcquire("alice");
 * }
 * }</pre>
 *
 * <p>Limits mean exactly what they mean in memory: at most N permits in any window, whichever servers the requests
 * arrive at. Each decision is one round trip and one script, which requests that come at the same time may share, and which tells the time by the clock of Redis; the clocks of
 * the servers do not matter. The model is described at the top of {@code claims.lua} and of the file of each
 * algorithm.
 *
 * <p>What is not promised: a failover loses the permits that were not yet replicated, so as many may be given again. If
 * servers use different limits under one name, the one with the shorter longest window makes the others forget what
 * lies before it.
 *
 * <p>A limiter may have up to 100,000 permits in its longest window, or more by another algorithm than the sliding window. The connection
 * is opened with the first request, so a store can be built while Redis is away; requests then throw {@link StoreUnavailable} within the
 * deadline. {@link dev.headway.limiter.resilience.ResilientStore} goes on without Redis meanwhile.
 *
 * <p>All that a limiter can do is shared: every algorithm, weights, several limits, peeking, refunds, resets, snapshots, joint requests,
 * other limits for the same keys, limits that change, and waiting in the order of those who came on all servers. Four things are not as in
 * memory.
 * <ul>
 *   <li>By token bucket and pacing at most 1,000 wait for a key; and nobody waits for longer than 29 hours by limits of up to a day.
 *   <li>Windows that need a longer tick than those that the limiter was opened with are not accepted.
 *   <li>A limiter that counts by another algorithm than before counts anew.
 *   <li>Joint requests on a Redis Cluster need keys of one hash slot.
 * </ul>
 */
public final class RedisStore implements LimitStore {

    private static final Duration LAST_REFUNDS = Duration.ofMillis(500);

    private final Gateway gateway;
    private final Optional<Leasing> leasing;
    private final ConcurrentMap<String, Opened> limiters = new ConcurrentHashMap<>();

    /** A limiter of this store, and what is taken ahead of its keys. */
    private record Opened(Terms terms, LimitSpace space, Optional<Holdings> holdings) {}

    private RedisStore(Builder builder) {
        this.gateway = new Gateway(new Link(builder.address), builder.clock, builder.deadline);
        this.leasing = builder.leasing();
    }

    /**
     * A builder of a store on the Redis at an address; throws {@link IllegalArgumentException}, which does not repeat what may hold a
     * password, for anything else than
     *
     * <ul>
     *   <li>{@code redis://user:password@host:6379/0}
     *   <li>{@code redis+unix:///run/redis.sock?db=0}, for which Netty's epoll transport must be there
     *   <li>{@code redis-sentinel://user:password@host:26379,host:26379/0?master=name}, with {@code sentinel-user} and {@code
     *       sentinel-password} if the Sentinels ask for them
     *   <li>{@code redis-cluster://user:password@host:6379,host:6379}, where some of the nodes will do
     *   <li>{@code rediss}, {@code rediss-sentinel} and {@code rediss-cluster} for TLS, with the options {@code ca-file}, {@code
     *       cert-file}, {@code key-file} (PEM), and {@code verify}, which is {@code full}, {@code ca} or {@code none}
     * </ul>
     */
    public static Builder builder(String uri) {
        return new Builder(RedisAddress.parse(uri));
    }

    /** Checks an address without connecting; throws {@link IllegalArgumentException}, which does not repeat what may hold a password. */
    public static void requireAddress(String uri) {
        RedisAddress unused = RedisAddress.parse(uri);
    }

    @Override
    public LimitSpace open(Terms terms) {
        Opened opened = limiters.computeIfAbsent(terms.name(), name -> create(terms));
        opened.terms().withLimits(opened.space().limits()).requireSame(terms);
        return opened.space();
    }

    private Opened create(Terms terms) {
        if (leasing.isPresent() && terms.algorithm() == Algorithm.SLIDING_WINDOW) {
            return createLeased(terms, leasing.get());
        }
        Book book = Book.open(gateway, terms);
        return new Opened(terms, new RedisSpace(book, book.opened()), Optional.empty());
    }

    private Opened createLeased(Terms terms, Leasing how) {
        Book book = Book.openLeased(gateway, terms, Leasing.length(terms.limits()));
        Holdings holdings = new Holdings(book, how);
        LimitSpace space = new LeasingSpace(new RedisSpace(book, book.opened()), holdings);
        return new Opened(terms, space, Optional.of(holdings));
    }

    /**
     * Connects and brings the scripts to Redis, and waits for that at most so long; returns whether it was done. Requests do it as well, but
     * the first ones of a program that has just begun would not do it within a short deadline.
     */
    public boolean tryPrepare(Duration patience) {
        try {
            gateway.prepare().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns what was done with permits taken ahead; absent where that is not done. */
    public Optional<LeaseStatistics> leases() {
        return leasing.map(how -> how.tally().statistics(heldKeys()));
    }

    private long heldKeys() {
        return limiters.values().stream()
                .flatMap(opened -> opened.holdings().stream())
                .mapToLong(Holdings::size)
                .sum();
    }

    /**
     * Gives back what was taken ahead, for which it waits for at most half a second, and ends requests under way with {@link
     * StoreUnavailable}; what was taken otherwise stays in Redis until its window has passed.
     */
    @Override
    public void close() {
        leasing.ifPresent(this::endLeases);
        gateway.close();
    }

    private void endLeases(Leasing how) {
        how.scheduler().shutdown();
        CompletableFuture<?>[] refunds = limiters.values().stream()
                .flatMap(opened -> opened.holdings().stream())
                .map(Holdings::giveBackAll)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(refunds).get(LAST_REFUNDS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException notAnswered) {
            // The permits return by themselves.
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects what a {@link RedisStore} needs. Not for sharing between threads. */
    public static final class Builder {

        private static final long NANOS_PER_SECOND = 1_000_000_000L;

        private final RedisAddress address;
        private Duration deadline = Duration.ofMillis(50);
        private Supplier<String> clock = () -> "";
        private Ticker leaseTicker = Ticker.system();
        private Supplier<ScheduledExecutorService> leaseScheduler = Builder::ownThread;
        private int leasedPermits;
        private int servers = 1;

        private Builder(RedisAddress address) {
            this.address = address;
        }

        /** Sets how long a decision may take, opening a connection included; 50 ms unless set. */
        public Builder deadline(Duration newDeadline) {
            if (newDeadline.isNegative() || newDeadline.isZero()) {
                throw new IllegalArgumentException("a deadline of " + newDeadline + "; more than nothing is accepted");
            }
            deadline = newDeadline;
            return this;
        }

        /**
         * Lets a server take up to so many permits of a key ahead, at least 2, when it is asked for the key again and again, and give them
         * out without asking Redis; never more than a share of what remains, for which the number of servers is told. Not done unless set,
         * and only for sliding windows. Limits are kept exactly; a permit returns later by a tenth of the limiter's shortest window, at
         * most a second. All servers must be set alike. Throws {@link IllegalArgumentException} for other numbers.
         */
        public Builder lease(int permits, int amongServers) {
            if (permits < 2 || amongServers < 1) {
                throw new IllegalArgumentException("a lease of " + permits + " permits among " + amongServers
                        + " servers; at least 2 permits and 1 server are accepted");
            }
            leasedPermits = permits;
            servers = amongServers;
            return this;
        }

        private Optional<Leasing> leasing() {
            return leasedPermits == 0
                    ? Optional.empty()
                    : Optional.of(
                            new Leasing(leasedPermits, servers, leaseTicker, leaseScheduler.get(), new LeaseTally()));
        }

        private static ScheduledExecutorService ownThread() {
            return Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "headway-leases");
                thread.setDaemon(true);
                return thread;
            });
        }

        /** For tests: gives back what was taken ahead in the threads of a scheduler. */
        Builder leaseScheduler(ScheduledExecutorService scheduler) {
            leaseScheduler = () -> scheduler;
            return this;
        }

        /** For tests: lets time go by a ticker instead of the clock of Redis. */
        Builder ticker(Ticker ticker) {
            leaseTicker = ticker;
            clock = () -> {
                long nanos = ticker.nanos();
                return Math.floorDiv(nanos, NANOS_PER_SECOND) + ":" + Math.floorMod(nanos, NANOS_PER_SECOND);
            };
            return this;
        }

        /** The store; nothing is sent yet. */
        public RedisStore build() {
            return new RedisStore(this);
        }
    }
}
