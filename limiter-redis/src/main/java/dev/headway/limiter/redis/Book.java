package dev.headway.limiter.redis;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The keys of one limiter: what they are called, how long they are kept, and how they are asked. Threads share it.
 *
 * <p>All views of the limiter share it too.
 */
final class Book {
    private static final byte[] EACH = Shape.text("each");

    private final Gateway gateway;
    private final Terms terms;
    private final SharedKey keys;
    private final Retention retention;
    private final Shape opened;
    private final Duration grace;

    private Book(Gateway gateway, Terms terms, Tick tick, Duration grace, Retention retention) {
        this.gateway = gateway;
        this.terms = terms;
        this.keys = new SharedKey(terms.name(), terms.algorithm(), tick);
        this.retention = retention;
        this.opened = new Shape(terms, tick, tick.ticks(grace));
        this.grace = grace;
        retention.addView(terms.limits());
    }

    /** Returns the book of a limiter; throws {@link IllegalArgumentException} if Redis cannot keep its limits. */
    static Book open(Gateway gateway, Terms terms) {
        if (terms.algorithm() == Algorithm.SLIDING_WINDOW) {
            return openLeased(gateway, terms, Duration.ZERO);
        }
        Tick tick = RuleRetention.tick(terms);
        return new Book(gateway, terms, tick, Duration.ZERO, new RuleRetention(terms, tick));
    }

    /** Returns the book of a sliding window whose permits may be given out for so long after they were taken, and count for so much longer. */
    static Book openLeased(Gateway gateway, Terms terms, Duration grace) {
        Tick tick = Tick.of(terms.limits());
        return new Book(gateway, terms, tick, grace, new LogRetention(terms.name(), tick, tick.ticks(grace)));
    }

    Gateway gateway() {
        return gateway;
    }

    Terms terms() {
        return terms;
    }

    SharedKey keys() {
        return keys;
    }

    /** Returns the limits as the scripts are told of them. */
    Shape opened() {
        return opened;
    }

    /** Returns for how long permits may be given out after they were taken. */
    Duration grace() {
        return grace;
    }

    /** Returns other limits for the same keys, beside those that there are; throws {@link IllegalArgumentException} if Redis cannot keep them. */
    Shape view(List<Limit> limits) {
        retention.addView(limits);
        return opened.withLimits(limits);
    }

    /** Returns limits that take the place of others; throws {@link IllegalArgumentException} if Redis cannot keep them. */
    Shape changed(List<Limit> limits) {
        retention.changeTo(limits);
        return opened.withLimits(limits);
    }

    /** Adds a claim of permits of a key to the arguments of a script. */
    void addClaim(List<byte[]> arguments, Shape shape, int permits, boolean advisory) {
        shape.addClaim(arguments, retention.ticks(), permits, advisory);
    }

    /** Returns the arguments of {@code take.lua} for requests. */
    byte[][] quickClaim(Shape shape, List<Take> takes) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(gateway.clock());
        shape.addQuickClaim(arguments, retention.ticks());
        return withPermits(arguments, takes);
    }

    /** Returns the arguments of {@code decide.lua} for requests that do not depend on each other. */
    byte[][] claimOfEach(Shape shape, List<Take> takes) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(gateway.clock());
        arguments.add(EACH);
        addClaim(arguments, shape, 1, false);
        return withPermits(arguments, takes);
    }

    /** Most requests are for one permit, which the scripts take for granted. */
    private static byte[][] withPermits(List<byte[]> arguments, List<Take> takes) {
        if (takes.stream().anyMatch(take -> take.permits() > 1)) {
            takes.forEach(take -> arguments.add(Shape.text(take.permits())));
        }
        return arguments.toArray(byte[][]::new);
    }

    /** Returns what decides about the keys. */
    Script script() {
        return gateway.scripts().decide(terms.algorithm());
    }

    /** Asks about permits of a key; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<Answer> ask(Shape shape, byte[] key, Question question, int permits) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(gateway.clock());
        arguments.add(Shape.text(question.word()));
        addClaim(arguments, shape, permits, false);
        question.details().forEach(number -> arguments.add(Shape.text(number)));
        return gateway.run(script(), List.of(key), arguments)
                .thenApply(reply -> new Answer(shape, (List<?>) reply.get(0)));
    }

    /** Asks for a decision about permits of a key; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<Decision> decide(Shape shape, byte[] key, Question question, int permits) {
        return ask(shape, key, question, permits).thenApply(answer -> decision(answer, shape, key, permits));
    }

    /** Returns the decision that an answer tells, with a receipt for permits of the key. */
    Decision decision(Answer answer, Shape shape, byte[] key, int permits) {
        return answer.decision(permits, numbers -> new RedisReceipt(this, shape, key, permits, numbers));
    }

    /** Gives permits back; the future says whether there was something to give back, and may fail with {@link StoreUnavailable}. */
    CompletableFuture<Boolean> refund(Shape shape, byte[] key, int permits, List<Long> receipt) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(gateway.clock());
        addRefund(arguments, shape, permits, receipt);
        return gateway.run(gateway.scripts().refund(terms.algorithm()), List.of(key), arguments)
                .thenApply(reply -> reply.get(0).equals(1L));
    }

    /** Adds what is given back of a key to the arguments of a script. */
    void addRefund(List<byte[]> arguments, Shape shape, int permits, List<Long> receipt) {
        addClaim(arguments, shape.withLimits(retention.forRefunds(shape.limits())), permits, false);
        arguments.add(Shape.text(receipt.size()));
        receipt.forEach(number -> arguments.add(Shape.text(number)));
    }

    /** Forgets a key; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<?> forget(byte[] key) {
        return gateway.forget(key);
    }
}
