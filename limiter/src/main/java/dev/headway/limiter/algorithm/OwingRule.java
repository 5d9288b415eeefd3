package dev.headway.limiter.algorithm;

/**
 * A rule under which what is taken is owed and paid back evenly. Immutable.
 *
 * <p>All such rules keep a {@link Debt} and change it alike; they differ in how much of it lets a request in.
 */
public sealed interface OwingRule extends Rule<Debt> permits TokenBucket, Pacing {
    @Override
    default Debt untouched() {
        return Debt.NONE;
    }

    @Override
    default Debt carriedOver(Debt debt, Window from, long last) {
        return debt.carriedOver(from, window(), last);
    }

    @Override
    default Debt take(Debt debt, Moment now, int permits) {
        return debt.with(now, permits, window());
    }

    @Override
    default Taken taken(Debt after, int permits) {
        return new Taken(permits, after.tick(), after.serial());
    }

    @Override
    default Debt giveBack(Debt debt, Moment now, Taken taken) {
        return debt.without(taken, now, window(), lifetimeTicks());
    }

    @Override
    default boolean isBlank(Debt debt) {
        return debt.equals(Debt.NONE);
    }
}
