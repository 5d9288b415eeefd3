package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What this server holds of one key: at most one block, and at most one question for the next. Threads share it.
 *
 * <p>Who finds nothing left while Redis is being asked waits for that answer, once; it then takes of what was got, is refused as the
 * other was if it asks for no less, or asks for itself alone. So no request waits for more than two questions.
 */
final class Holding {
    private final Book book;
    private final byte[] key;
    private final Leasing leasing;
    private final long lengthNanos;
    private Optional<Block> block = Optional.empty();
    private Optional<Asking> asking = Optional.empty();
    private int size = 1;

    /** A question that is under way. */
    private record Asking(Shape shape, int permits, CompletableFuture<Decision> answer) {}

    Holding(Book book, byte[] key, Leasing leasing) {
        this.book = book;
        this.key = key.clone();
        this.leasing = leasing;
        this.lengthNanos = book.grace().toNanos();
    }

    /** Takes permits of what is held, or of Redis; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<Decision> take(Shape shape, int permits) {
        Asking mine = new Asking(shape, permits, new CompletableFuture<>());
        Optional<Asking> other;
        synchronized (this) {
            Optional<Decision> held = takeHeld(shape, permits);
            if (held.isPresent()) {
                return CompletableFuture.completedFuture(held.get());
            }
            other = asking;
            asking = Optional.of(other.orElse(mine));
        }
        return other.map(asked -> asked.answer().thenCompose(answer -> takeAfter(asked, answer, mine)))
                .orElseGet(() -> ask(mine));
    }

    private CompletableFuture<Decision> takeAfter(Asking other, Decision answer, Asking mine) {
        boolean isRefusedToo = answer instanceof Decision.Refused
                && mine.permits() >= other.permits()
                && mine.shape().limits().equals(other.shape().limits());
        return isRefusedToo
                ? CompletableFuture.completedFuture(answer)
                : takeHeld(mine.shape(), mine.permits())
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() -> book.decide(mine.shape(), key, Question.TAKE, mine.permits()));
    }

    private synchronized Optional<Decision> takeHeld(Shape shape, int permits) {
        long now = leasing.ticker().nanos();
        Optional<Block> rest = fit(shape, permits, now).map(held -> held.without(permits));
        block = rest.or(() -> block);
        rest.ifPresent(held -> leasing.tally().countAdmitted());
        return rest.map(held -> new Decision.Allowed(
                held.usagesAt(now), new RedisReceipt(book, held.shape(), key, permits, held.receipt())));
    }

    /** Answers as a request would be by what is held, if that is enough. */
    synchronized Optional<Decision> look(Shape shape, int permits) {
        long now = leasing.ticker().nanos();
        return fit(shape, permits, now).map(held -> new Decision.Allowed(held.usagesAt(now), () -> false));
    }

    private Optional<Block> fit(Shape shape, int permits, long now) {
        return block.filter(held -> held.isFor(shape.limits()) && held.left() >= permits && !isOld(held, now));
    }

    private boolean isOld(Block held, long now) {
        return now - held.askedNanos() >= lengthNanos;
    }

    private CompletableFuture<Decision> ask(Asking mine) {
        long askedNanos = leasing.ticker().nanos();
        Question question = Question.lease(nextSize(askedNanos), leasing.parts());
        CompletableFuture<?> unused = start(mine, question).whenComplete((answer, failure) -> {
            if (failure == null) {
                mine.answer().complete(receive(answer, mine, askedNanos));
            } else {
                endAsking();
                mine.answer().completeExceptionally(failure);
            }
        });
        return mine.answer();
    }

    private CompletableFuture<Answer> start(Asking mine, Question question) {
        try {
            return book.ask(mine.shape(), key, question, mine.permits());
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private synchronized int nextSize(long askedNanos) {
        boolean isSoon = block.filter(held -> !isOld(held, askedNanos)).isPresent();
        size = isSoon ? Math.min(leasing.permits(), 2 * size) : 1;
        return size;
    }

    private synchronized void endAsking() {
        asking = Optional.empty();
    }

    private Decision receive(Answer answer, Asking mine, long askedNanos) {
        Decision decision = book.decision(answer, mine.shape(), key, mine.permits());
        if (!(decision instanceof Decision.Allowed allowed)) {
            endAsking();
            return decision;
        }
        int left = answer.taken() - mine.permits();
        leasing.tally().countTaken(left);
        Block got = new Block(mine.shape(), left, answer.receipt(), allowed.usages(), askedNanos);
        CompletableFuture<?> unused = giveBack(keep(got));
        return new Decision.Allowed(got.usagesAt(askedNanos), allowed.receipt());
    }

    /** Holds a block; returns what was held before. */
    private synchronized Optional<Block> keep(Block got) {
        Optional<Block> before = block;
        block = Optional.of(got);
        asking = Optional.empty();
        return before;
    }

    /** Gives back what is left of a block that is old; returns the nanoseconds until there may be something to do again, 0 if nothing is held. */
    long tidy() {
        Optional<Block> old;
        long again;
        synchronized (this) {
            long now = leasing.ticker().nanos();
            old = block.filter(held -> isOld(held, now));
            block = old.isPresent() ? Optional.empty() : block;
            again = block.map(held -> held.askedNanos() + lengthNanos - now)
                    .orElse(asking.isPresent() ? lengthNanos : 0);
        }
        CompletableFuture<?> unused = giveBack(old);
        return again;
    }

    /** Holds nothing any more; returns what was held. */
    synchronized Optional<Block> forget() {
        Optional<Block> held = block;
        block = Optional.empty();
        return held;
    }

    /** Gives back what is left, however old; the future ends when Redis has it, or did not answer. */
    CompletableFuture<?> giveBackAll() {
        return giveBack(forget());
    }

    private boolean noted(int permits, boolean isReturned) {
        if (isReturned) {
            leasing.tally().countReturned(permits);
        }
        return isReturned;
    }

    /** If Redis does not answer, the permits return by themselves. */
    private CompletableFuture<Boolean> giveBack(Optional<Block> some) {
        return some.filter(held -> held.left() > 0)
                .map(held -> book.refund(held.shape(), key, held.left(), held.receipt())
                        .thenApply(isReturned -> noted(held.left(), isReturned))
                        .exceptionally(failure -> false))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }
}
