package dev.headway.limiter;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Shuts out keys that are refused too often. Safe to share between threads.
 *
 * <p>Two spaces beside the limiter's own remember it: one takes a permit per refusal, and when it has none left the key takes the one
 * permit of the other, which is gone for as long as the shut-out lasts. Both are exact windows, so the shut-out begins and ends where
 * {@link Penalty} says. Requests under way when a shut-out begins are decided as if it had not; their refusals may count for the
 * next one.
 */
final class PenaltyLayer implements Layer {
    private static final String KNOCKS = ".knocks";
    private static final String SHUT_OUTS = ".shut-outs";

    private final LimitSpace knocks;
    private final LimitSpace shutOuts;

    PenaltyLayer(String limiter, Penalty penalty, LimitStore store) {
        this.knocks = open(store, limiter, penalty.refusals(), KNOCKS);
        this.shutOuts = open(store, limiter, penalty.oncePerShutOut(), SHUT_OUTS);
    }

    /** The limit is in the name, so that limiters of one name may have different penalties. */
    private static LimitSpace open(LimitStore store, String limiter, Limit limit, String suffix) {
        String permits = Integer.toString(limit.permits(), Character.MAX_RADIX);
        String seconds = Long.toString(limit.window().toSeconds(), Character.MAX_RADIX);
        String name = limiter + "." + permits + "." + seconds + suffix;
        return store.open(new Terms(name, Algorithm.SLIDING_WINDOW, List.of(limit)));
    }

    @Override
    public Decision decide(Attempt attempt, LimitSpace space) {
        if (shutOuts.peek(attempt.key(), 1) instanceof Decision.Refused shut) {
            return answerShutOut(space.peek(attempt.key(), attempt.permits()), shut.retryAfterNanos());
        }
        Decision decision = attempt.of(space);
        if (attempt.takes() && decision instanceof Decision.Refused refused && isByLimit(refused)) {
            return knock(attempt.key(), refused);
        }
        return decision;
    }

    @Override
    public CompletionStage<Decision> decideAsync(Attempt attempt, LimitSpace space) {
        return shutOuts.peekAsync(attempt.key(), 1)
                .thenCompose(shutOut -> shutOut instanceof Decision.Refused shut
                        ? space.peekAsync(attempt.key(), attempt.permits())
                                .thenApply(otherwise -> answerShutOut(otherwise, shut.retryAfterNanos()))
                        : attempt.ofAsync(space).thenCompose(decision -> knockIfRefusedAsync(attempt, decision)));
    }

    private CompletionStage<Decision> knockIfRefusedAsync(Attempt attempt, Decision decision) {
        return attempt.takes() && decision instanceof Decision.Refused refused && isByLimit(refused)
                ? knockAsync(attempt.key(), refused)
                : CompletableFuture.completedFuture(decision);
    }

    private CompletionStage<Decision> knockAsync(Key key, Decision.Refused refused) {
        return knocks.tryAcquireAsync(key, 1)
                .thenCompose(knock -> wasLast(knock)
                        ? beginAsync(key, refused)
                        : CompletableFuture.<Decision>completedFuture(refused))
                .exceptionallyCompose(fault -> StoreFailureLayer.cause(fault) instanceof StoreUnavailableException
                        ? CompletableFuture.completedFuture(refused) // as in the twin of this method
                        : CompletableFuture.failedFuture(fault));
    }

    private CompletionStage<Decision> beginAsync(Key key, Decision.Refused refused) {
        return shutOuts.tryAcquireAsync(key, 1)
                .thenCompose(begun -> knocks.resetAsync(key))
                .thenCompose(forgotten -> shutOuts.peekAsync(key, 1))
                .thenApply(shutOut -> answerBegun(shutOut, refused));
    }

    @Override
    public void reset(Key key) {
        knocks.reset(key);
        shutOuts.reset(key);
    }

    private Decision knock(Key key, Decision.Refused refused) {
        try {
            if (wasLast(Attempt.take(key, 1).of(knocks))) {
                begin(key);
                return answerBegun(shutOuts.peek(key, 1), refused);
            }
        } catch (StoreUnavailableException uncounted) { // the refusal itself is certain, and no failure may undo it
            return refused;
        }
        return refused;
    }

    private static boolean wasLast(Decision knock) {
        if (knock instanceof Decision.Refused refused) {
            return isByLimit(refused);
        }
        return knock.usages().get(0).remaining() == 0;
    }

    private void begin(Key key) {
        Attempt.take(key, 1).of(shutOuts);
        knocks.reset(key);
    }

    private static Decision answerBegun(Decision shutOut, Decision.Refused refused) {
        return shutOut instanceof Decision.Refused shut
                ? answerShutOut(refused, shut.retryAfterNanos())
                : refused; // a full store keeps no shut-out
    }

    private static Decision answerShutOut(Decision otherwise, long shutOutNanos) {
        if (otherwise instanceof Decision.NeverPossible) {
            return otherwise;
        }
        long limitsNanos = otherwise instanceof Decision.Refused refused ? refused.retryAfterNanos() : 0;
        List<Limit> limits = otherwise.usages().stream().map(Usage::limit).toList();
        return new Decision.Refused(
                otherwise.usages(), Math.max(shutOutNanos, limitsNanos), limits, Decision.Cause.PENALTY);
    }

    private static boolean isByLimit(Decision.Refused refused) {
        return refused.cause() == Decision.Cause.LIMIT;
    }
}
