package dev.headway.trainer.config;

import tools.jackson.databind.JsonNode;

/**
 * How the learning rate moves over the run; a value, any thread may hold it.
 *
 * @param kind the curve after the warm-up
 * @param warmupSteps the length of the warm-up; wins over the ratio when it is above 0
 * @param warmupRatio the share of all steps that is warm-up
 * @param cycles how often a cosine with restarts falls
 */
public record ScheduleSettings(SchedulerKind kind, long warmupSteps, double warmupRatio, double cycles) {
    static ScheduleSettings read(Section training) {
        Section details = training.child("lr_scheduler_kwargs");
        return new ScheduleSettings(
                kind(training),
                training.whole("warmup_steps", 0, steps -> steps >= 0, "a whole number >= 0"),
                training.number("warmup_ratio", 0, ratio -> ratio >= 0 && ratio <= 1, "a number from 0 to 1"),
                details.number("num_cycles", 1, cycles -> cycles > 0, "a number > 0"));
    }

    private static SchedulerKind kind(Section training) {
        JsonNode seen = training.find("lr_scheduler_type").orElse(null);
        if (seen == null) return SchedulerKind.LINEAR;
        return SchedulerKind.find(seen.asString("")).orElseGet(() -> {
            training.complain("lr_scheduler_type", seen, "one of " + SchedulerKind.names());
            return SchedulerKind.LINEAR;
        });
    }

    /** Returns the length of the warm-up in a run of {@code totalSteps} steps. */
    public long warmup(long totalSteps) {
        return warmupSteps > 0 ? warmupSteps : (long) Math.ceil(totalSteps * warmupRatio);
    }
}
