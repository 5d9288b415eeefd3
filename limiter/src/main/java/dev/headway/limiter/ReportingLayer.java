package dev.headway.limiter;

import java.util.List;

/** Tells listeners of every decision. Immutable. */
final class ReportingLayer implements Layer {
    private final String limiter;
    private final List<DecisionListener> listeners;

    ReportingLayer(String limiter, List<DecisionListener> listeners) {
        this.limiter = limiter;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public Decision decide(Attempt attempt, LimitSpace space) {
        return afterJoint(attempt, attempt.of(space));
    }

    @Override
    public Decision afterJoint(Attempt attempt, Decision decision) {
        if (attempt.takes()) {
            listeners.forEach(listener -> tell(listener, attempt, decision));
        }
        return decision;
    }

    private void tell(DecisionListener listener, Attempt attempt, Decision decision) {
        try {
            listener.decided(limiter, attempt.key(), attempt.permits(), decision);
        } catch (Exception fault) { // also a checked one, which other languages throw undeclared
            report(fault);
        }
    }

    private static void report(Exception fault) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        } catch (Exception ignored) { // as a Java machine ignores what its handlers throw
            return;
        }
    }
}
