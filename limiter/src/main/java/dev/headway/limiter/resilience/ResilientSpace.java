package dev.headway.limiter.resilience;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.SpaceClaim;
import dev.headway.limiter.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A view of the keys of one limiter in a distant store, with what this server can say of them by itself. Safe to share between threads.
 *
 * <p>How a request is decided, in this order; the model is described at {@link ResilientStore}.
 * <ol>
 *   <li>It is refused if that is known from a moment ago.
 *   <li>It is refused if requests were decided alone within the last window, and this server has given what the limits allow.
 *   <li>The distant store decides, unless it is away.
 *   <li>This server's share decides.
 * </ol>
 */
final class ResilientSpace implements LimitSpace {
    private final LimitSpace shared;
    private final Optional<StandIn> standIn;
    private final Care care;
    private final Object keys;

    private ResilientSpace(LimitSpace shared, Optional<StandIn> standIn, Care care, Object keys) {
        this.shared = shared;
        this.standIn = standIn;
        this.care = care;
        this.keys = keys;
    }

    static ResilientSpace of(LimitSpace shared, Optional<StandIn> standIn, Care care) {
        return new ResilientSpace(shared, standIn, care, shared);
    }

    @Override
    public List<Limit> limits() {
        return shared.limits();
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        return await(tryAcquireAsync(Key.of(key), permits));
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return await(tryAcquireAsync(Key.of(keyHigh, keyLow), permits));
    }

    @Override
    public Decision peek(Key key, int permits) {
        return await(peekAsync(key, permits));
    }

    @Override
    public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
        Optional<Decision> known = findKnown(key, permits);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        Optional<Decision> own = isMerging() ? standIn.map(alone -> alone.take(key, permits)) : Optional.empty();
        if (own.isPresent() && isRefusedByLimit(own.get())) {
            return CompletableFuture.completedFuture(own.get());
        }
        long askedNanos = care.nanos();
        return ask(
                () -> shared.tryAcquireAsync(key, permits),
                decision -> settle(key, permits, decision, own, askedNanos),
                failure -> alone(stand -> {
                    own.ifPresent(ResilientSpace::giveBack);
                    return stand.takeOfShare(key, permits);
                }));
    }

    @Override
    public CompletionStage<Decision> peekAsync(Key key, int permits) {
        Optional<Decision> known = findKnown(key, permits);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        Optional<Decision> own = isMerging() ? standIn.map(alone -> alone.look(key, permits)) : Optional.empty();
        if (own.isPresent() && isRefusedByLimit(own.get())) {
            return CompletableFuture.completedFuture(own.get());
        }
        return ask(
                () -> shared.peekAsync(key, permits),
                decision -> decision,
                failure -> standIn.map(alone -> alone.lookAtShare(key, permits)));
    }

    @Override
    public Snapshot snapshot(Key key) {
        return shared.snapshot(key);
    }

    /** {@inheritDoc} This server forgets it in any case; throws {@link StoreUnavailableException} if the distant store did not. */
    @Override
    public void reset(Key key) {
        forget(key);
        shared.reset(key);
        care.refusals().forget(keys, key); // a refusal that was under way may have come in between
    }

    @Override
    public CompletionStage<?> resetAsync(Key key) {
        forget(key);
        return shared.resetAsync(key);
    }

    @Override
    public LimitSpace withLimits(List<Limit> limits) {
        return new ResilientSpace(
                shared.withLimits(limits), standIn.map(alone -> alone.withLimits(limits)), care, keys);
    }

    @Override
    public void changeLimits(List<Limit> limits) {
        shared.changeLimits(limits);
        standIn.ifPresent(alone -> alone.changeLimits(limits));
    }

    @Override
    public Decision reserve(Key key, int permits, long minWaitNanos, long maxWaitNanos) {
        return new Reservation(this, key, permits, minWaitNanos, maxWaitNanos).make();
    }

    @Override
    public List<Decision> tryAcquireAll(List<SpaceClaim> claims) {
        return new JointRequest(care, claims).make();
    }

    LimitSpace shared() {
        return shared;
    }

    Optional<StandIn> standIn() {
        return standIn;
    }

    Care care() {
        return care;
    }

    /** Takes note of a refusal by the distant store, which was asked at the time. */
    void remember(Key key, int permits, Decision.Refused refused, long askedNanos) {
        care.refusals().remember(keys, key, limits(), permits, refused, askedNanos);
    }

    private void forget(Key key) {
        standIn.ifPresent(alone -> alone.reset(key));
        care.refusals().forget(keys, key);
    }

    private Optional<Decision> findKnown(Key key, int permits) {
        Optional<Decision> known = care.refusals().find(keys, key, limits(), permits, care.nanos());
        if (known.isPresent()) {
            care.countFromMemory();
        }
        return known;
    }

    /** Returns whether requests have been decided alone within the last window, or are still to go. */
    boolean isMerging() {
        return care.wasAloneWithin(longestWindowNanos());
    }

    long longestWindowNanos() {
        long windowNanos = 0;
        for (Limit limit : limits()) {
            windowNanos = Math.max(windowNanos, limit.window().toNanos());
        }
        return windowNanos;
    }

    /** Asks the distant store, if it is there; what it says, or that it says nothing, becomes the answer. */
    private CompletionStage<Decision> ask(
            Supplier<CompletionStage<Decision>> question,
            Function<Decision, Decision> settle,
            Function<StoreUnavailableException, Optional<Decision>> otherwise) {
        if (!care.tryPass()) {
            StoreUnavailableException reason = care.reason();
            return answerOr(otherwise.apply(reason), reason);
        }
        return start(question).handle((decision, fault) -> answer(decision, fault, settle, otherwise));
    }

    private Decision answer(
            @Nullable Decision decision,
            @Nullable Throwable fault,
            Function<Decision, Decision> settle,
            Function<StoreUnavailableException, Optional<Decision>> otherwise) {
        if (decision != null) {
            care.succeeded();
            return settle.apply(decision);
        }
        Throwable cause = cause(fault);
        care.failed(cause);
        if (cause instanceof StoreUnavailableException failure) {
            return otherwise.apply(failure).orElseThrow(() -> failure);
        }
        throw new CompletionException(cause);
    }

    private static CompletionStage<Decision> start(Supplier<CompletionStage<Decision>> question) {
        try {
            return question.get();
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private static CompletionStage<Decision> answerOr(Optional<Decision> answer, StoreUnavailableException failure) {
        return answer.<CompletionStage<Decision>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(failure));
    }

    /** Makes the answer of the distant store this server's: what it gave is counted here too, and what it refused is remembered. */
    private Decision settle(Key key, int permits, Decision decision, Optional<Decision> own, long askedNanos) {
        if (decision instanceof Decision.Allowed allowed) {
            return standIn.map(alone -> CountedReceipt.join(allowed, own.orElseGet(() -> alone.take(key, permits))))
                    .orElse(allowed);
        }
        own.ifPresent(ResilientSpace::giveBack);
        if (decision instanceof Decision.Refused refused) {
            remember(key, permits, refused, askedNanos);
        }
        return decision;
    }

    private Optional<Decision> alone(Function<StandIn, Decision> decide) {
        Optional<Decision> decision = standIn.map(decide);
        if (decision.isPresent()) {
            care.countAlone(0);
        }
        return decision;
    }

    /** A stand-in that is full of other keys says nothing about this one. */
    static boolean isRefusedByLimit(Decision decision) {
        return decision instanceof Decision.Refused refused && refused.cause() == Decision.Cause.LIMIT;
    }

    static void giveBack(Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            allowed.refund();
        }
    }

    private static Decision await(CompletionStage<Decision> decision) {
        try {
            return decision.toCompletableFuture().join();
        } catch (CompletionException fault) {
            throw cause(fault) instanceof RuntimeException known ? known : fault;
        }
    }

    private static Throwable cause(@Nullable Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        return cause == null ? new IllegalStateException("a store ended without an answer and without a fault") : cause;
    }
}
