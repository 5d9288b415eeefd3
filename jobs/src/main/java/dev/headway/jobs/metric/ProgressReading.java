package dev.headway.jobs.metric;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.Progress;
import java.util.List;
import java.util.Map;

/**
 * What a progress file says that it did not say before. Immutable.
 *
 * @param id whose file it is
 * @param progress its fields
 * @param points the points that are new or have changed
 * @param allPoints a hash of every point by its step, to know the new ones by the next time
 */
public record ProgressReading(JobId id, Progress progress, List<MetricPoint> points, Map<Long, Integer> allPoints) {}
