package dev.headway.limiter.redis;

import dev.headway.limiter.Key;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The keys of one limiter that this server has been asked for within the length of a lease. Threads share it.
 *
 * <p>Each is looked at again when its block is old, and is forgotten when it holds nothing.
 */
final class Holdings {
    /** Beyond these, nothing is taken ahead. */
    private static final int MOST = 65_536;

    private final Book book;
    private final Leasing leasing;
    private final ConcurrentMap<Key, Holding> held = new ConcurrentHashMap<>();

    Holdings(Book book, Leasing leasing) {
        this.book = book;
        this.leasing = leasing;
    }

    Optional<Holding> find(Key key) {
        return Optional.ofNullable(held.get(key));
    }

    /** Returns what holds a key, or nothing if there are too many already. */
    Optional<Holding> of(Key key) {
        Optional<Holding> known = find(key);
        return known.isPresent() || held.size() >= MOST ? known : Optional.of(begin(key));
    }

    /** Returns how many keys are held. */
    int size() {
        return held.size();
    }

    private Holding begin(Key key) {
        Holding fresh = new Holding(book, book.keys().of(key), leasing);
        Holding first = held.putIfAbsent(key, fresh);
        if (first != null) {
            return first;
        }
        tidyAfter(book.grace().toNanos(), key, fresh);
        return fresh;
    }

    private void tidyAfter(long nanos, Key key, Holding holding) {
        try {
            ScheduledFuture<?> unused =
                    leasing.scheduler().schedule(() -> tidy(key, holding), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The store was closed just now, which gives everything back.
            held.remove(key, holding);
        }
    }

    private void tidy(Key key, Holding holding) {
        long again = holding.tidy();
        if (again > 0) {
            tidyAfter(again, key, holding);
        } else {
            held.remove(key, holding);
        }
    }

    /** Forgets what is held of a key, and gives nothing back. */
    void forget(Key key) {
        Optional.ofNullable(held.remove(key)).ifPresent(Holding::forget);
    }

    /** Gives back all that is left; the future ends when Redis has it, or did not answer. */
    CompletableFuture<Void> giveBackAll() {
        return CompletableFuture.allOf(
                held.values().stream().map(Holding::giveBackAll).toArray(CompletableFuture<?>[]::new));
    }
}
