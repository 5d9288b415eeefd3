package dev.headway.limiter.redis;

import dev.headway.limiter.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests for permits under the limits of one view that are on their way to Redis and back. Threads share it.
 *
 * <p>Who comes alone is sent at once. Who comes while some batches are under way waits until one of them is back, and travels with all
 * who wait then. So the more requests there are, the more of them share the cost of a command, which is most of what a decision
 * costs this server and a third of what it costs Redis. How many may be under way, {@link RoundTrip} says, so that nobody waits for long.
 *
 * <p>Everybody has a deadline of his own, his own answer, and his own fault if there is one.
 */
final class TakeQueue {
    private static final int MOST_TOGETHER = 64;

    private final Shape shape;
    private final Carriage carriage;
    private final Gateway gateway;
    private final Ticker ticker = Ticker.system();
    private final RoundTrip way = new RoundTrip();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicInteger wishes = new AtomicInteger();
    private final Queue<Take> waiting = new ConcurrentLinkedQueue<>();
    private final Set<TakeBatch> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isWatched = new AtomicBoolean();

    TakeQueue(Book book, Shape shape) {
        this.shape = shape;
        this.carriage = shape.isSmall() ? new QuickCarriage(book, shape) : new LongCarriage(book, shape);
        this.gateway = book.gateway();
    }

    Shape shape() {
        return shape;
    }

    /** Asks for permits of a key; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<Answer> take(byte[] key, int permits) {
        if (!carriage.carries(permits)) {
            return carriage.ask(key, permits);
        }
        gateway.requireOpen();
        Take take = new Take(key, permits, ticker.nanos() + gateway.deadline().toNanos());
        unanswered.incrementAndGet();
        waiting.add(take);
        watch();
        sendWaiting();
        return take;
    }

    /** Sends who waits, in the order in which they came; whoever comes while another thread is at it leaves that to the other. */
    private void sendWaiting() {
        int seen = 1;
        if (wishes.getAndIncrement() > 0) {
            return;
        }
        while (seen > 0) {
            while (!waiting.isEmpty() && hasRoom()) {
                sendTogether();
            }
            seen = wishes.addAndGet(-seen);
        }
    }

    private boolean hasRoom() {
        return gateway.hasSlots() || places.get() < way.mostUnderWay();
    }

    private void sendTogether() {
        List<Take> takes = gather();
        TakeBatch batch = new TakeBatch(gateway, carriage, takes, way);
        places.incrementAndGet();
        underWay.add(batch);
        watch();
        CompletableFuture<?> unused = batch.send().whenComplete((sent, fault) -> {
            underWay.remove(batch);
            places.decrementAndGet();
            unanswered.addAndGet(-takes.size());
            sendWaiting();
        });
    }

    private List<Take> gather() {
        List<Take> gathered = new ArrayList<>();
        int most = mostTogether();
        for (Take take = waiting.poll(); take != null; take = waiting.poll()) {
            gathered.add(take);
            if (gathered.size() == most) {
                break;
            }
        }
        return gathered;
    }

    /** Batches of one size keep Redis and this server busy at once; were all in one of them, the one would wait for the other. */
    private int mostTogether() {
        if (gateway.hasSlots()) {
            return 1; // the keys of one script must be in one slot
        }
        int share = 1 + (unanswered.get() - 1) / way.mostUnderWay();
        return Math.max(1, Math.min(share, MOST_TOGETHER));
    }

    /** Sees to it that what waits or is under way is given up in time. */
    private void watch() {
        if (!isWatched.get() && isWatched.compareAndSet(false, true)) {
            giveUpLateAfter(gateway.deadline().toNanos());
        }
    }

    private void giveUpLateAfter(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(this::giveUpLate);
    }

    private void giveUpLate() {
        long now = ticker.nanos();
        long left = gateway.deadline().toNanos();
        for (TakeBatch batch : underWay) {
            left = Math.min(left, batch.giveUpLate(now));
        }
        waiting.removeIf(take -> giveUpIfLate(take, now));
        Take next = waiting.peek();
        left = next == null ? left : Math.min(left, next.leftNanos(now));
        if (isIdle()) {
            isWatched.set(false);
            if (!isIdle()) {
                watch(); // somebody came in between and took it for watched
            }
        } else {
            giveUpLateAfter(left);
        }
    }

    private boolean giveUpIfLate(Take take, long nowNanos) {
        boolean isLate = take.giveUpIfLate(nowNanos, gateway::notInTurn, gateway::noReply);
        if (isLate) {
            unanswered.decrementAndGet();
        }
        return isLate;
    }

    private boolean isIdle() {
        return waiting.isEmpty() && underWay.isEmpty();
    }
}
