package dev.headway.trainer.config;

import java.util.OptionalLong;

/**
 * How long the run is; a value, any thread may hold it.
 *
 * @param epochs passes over the data, also a fraction of one
 * @param maxSteps the number of steps, which wins over the epochs when it is given
 */
public record LengthSettings(double epochs, OptionalLong maxSteps) {
    static LengthSettings read(Section training) {
        double epochs = training.number("num_epochs", 3, count -> count > 0, "a number > 0");
        long steps = training.whole("max_steps", -1, count -> count > 0 || count == -1, "a whole number > 0, or -1");
        return new LengthSettings(epochs, steps > 0 ? OptionalLong.of(steps) : OptionalLong.empty());
    }

    /** Returns the number of steps of the run when an epoch has {@code stepsPerEpoch}. */
    public long totalSteps(long stepsPerEpoch) {
        return maxSteps.orElseGet(() -> Math.max(1, (long) Math.ceil(epochs * stepsPerEpoch)));
    }

    /** Returns the number of epochs that the run begins. */
    public long totalEpochs(long stepsPerEpoch) {
        return (totalSteps(stepsPerEpoch) + stepsPerEpoch - 1) / stepsPerEpoch;
    }
}
