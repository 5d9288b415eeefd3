package dev.headway.limiter;

import java.util.List;

/**
 * The answer to a joint request: to all of its claims, or to none, permits were given. Immutable.
 *
 * @param allowed whether the permits were given
 * @param decisions what became of each claim, in their order; if the request was refused, a claim that had room is {@link
 *     Decision.Allowed} with nothing taken, and the others tell which limits refused and for how long
 */
public record JointDecision(boolean allowed, List<Decision> decisions) {
    /** Copies the list unless it is immutable already. */
    public JointDecision {
        decisions = List.copyOf(decisions);
    }

    /**
     * Returns the nanoseconds until all claims fit, if nobody else takes permits of their keys: the longest wait of all. Zero if the
     * request was allowed, {@link Long#MAX_VALUE} if a claim is never possible.
     */
    public long retryAfterNanos() {
        return decisions.stream().mapToLong(LimitSpace::nanos).max().orElse(0);
    }

    /** Gives all permits back, in one go if the store can; returns whether there was something to give back. */
    public boolean refund() {
        List<Receipt> receipts = decisions.stream()
                .filter(Decision.Allowed.class::isInstance)
                .map(decision -> ((Decision.Allowed) decision).receipt())
                .toList();
        return !receipts.isEmpty() && receipts.get(0).refundAll(receipts);
    }
}
