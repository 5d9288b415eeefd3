package dev.headway.limiter;

/**
 * Lets everybody go on at once, and says what they would have got instead. Stateless.
 *
 * <p>Windows fill as they would if the limiter refused: what it would have refused takes nothing.
 */
final class ShadowLayer implements Layer {
    @Override
    public Decision decide(Attempt attempt, LimitSpace space) {
        return afterJoint(attempt, attempt.of(space));
    }

    @Override
    public Decision afterJoint(Attempt attempt, Decision decision) {
        return goesOnAtOnce(decision) ? decision : new Decision.Shadowed(decision);
    }

    private static boolean goesOnAtOnce(Decision decision) {
        return decision.allowed() && !(decision instanceof Decision.Allowed allowed && allowed.waitNanos() > 0);
    }
}
