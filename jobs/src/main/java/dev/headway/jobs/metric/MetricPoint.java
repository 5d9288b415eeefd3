package dev.headway.jobs.metric;

import dev.headway.jobs.job.JsonText;

/**
 * What a trainer measured at one step. Immutable.
 *
 * @param step the step, by which points are told apart
 * @param values everything measured, by the trainer's own names, {@code step} included
 */
public record MetricPoint(long step, JsonText values) {}
