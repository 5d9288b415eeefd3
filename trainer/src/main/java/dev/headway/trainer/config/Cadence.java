package dev.headway.trainer.config;

/** How often something happens during the training. */
public sealed interface Cadence {
    /** Not at all. */
    record Never() implements Cadence {}

    /** At the end of every pass over the data. */
    record EveryEpoch() implements Cadence {}

    /**
     * After every so many optimizer steps.
     *
     * @param steps at least 1
     */
    record EverySteps(long steps) implements Cadence {}

    /** Returns whether it is due after {@code step} steps, of which an epoch has {@code stepsPerEpoch}. */
    default boolean isDue(long step, long stepsPerEpoch) {
        if (this instanceof EveryEpoch) return step % stepsPerEpoch == 0;
        return this instanceof EverySteps every && step % every.steps() == 0;
    }
}
