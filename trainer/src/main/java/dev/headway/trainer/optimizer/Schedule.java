package dev.headway.trainer.optimizer;

import dev.headway.trainer.config.ScheduleSettings;

/**
 * The learning rate of every step, as a share of the highest one; the curves are those of the transformers library.
 *
 * <p>With n steps done, w steps of warm-up and N steps in all, the share is n/w during the warm-up. After it, with
 * p = (n - w) / (N - w): linear 1 - p; cosine (1 + cos πp) / 2; cosine with c restarts the same with the fraction of cp
 * in place of p; constant 1. So the first step of a run with a warm-up has the rate 0: that is how those curves are.
 *
 * <p>Immutable; threads may share it.
 */
public final class Schedule {
    private final ScheduleSettings settings;
    private final long totalSteps;
    private final long warmup;

    /** Makes the curve for a run of {@code totalSteps} steps. */
    public Schedule(ScheduleSettings settings, long totalSteps) {
        this.settings = settings;
        this.totalSteps = totalSteps;
        this.warmup = settings.warmup(totalSteps);
    }

    /** Returns the share, from 0 to 1, for the step that follows {@code done} steps. */
    public double share(long done) {
        return switch (settings.kind()) {
            case CONSTANT -> 1;
            case CONSTANT_WITH_WARMUP -> warming(done, 1);
            case LINEAR -> warming(done, Math.max(0, 1 - passed(done)));
            case COSINE -> warming(done, cosine(passed(done)));
            case COSINE_WITH_RESTARTS -> warming(done, restarting(passed(done)));
        };
    }

    private double warming(long done, double afterwards) {
        return done < warmup ? (double) done / warmup : afterwards;
    }

    private double passed(long done) {
        return (double) (done - warmup) / Math.max(1, totalSteps - warmup);
    }

    private static double cosine(double passed) {
        return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * passed)));
    }

    private double restarting(double passed) {
        return passed >= 1 ? 0 : cosine(settings.cycles() * passed % 1);
    }
}
