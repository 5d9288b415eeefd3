package dev.headway.server.api.jobs;

import dev.headway.jobs.Checkpoint;
import dev.headway.jobs.LogPage;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.metric.MetricPoint;
import dev.headway.server.api.wire.WireTime;
import dev.headway.server.http.Json;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.util.RawValue;

/** What jobs leave behind, as clients see it (contract B1.10, B1.11, B1.14); pure functions, safe for all threads. */
final class JobAnswers {
    private JobAnswers() {}

    static Object metrics(JobId id, List<MetricPoint> points) {
        if (points.isEmpty()) {
            return new NoMetrics(id.text(), List.of(), "No metrics available yet");
        }
        return new Metrics(id.text(), points.stream().map(JobAnswers::values).toList());
    }

    /** Copies the stored text of a point, unless it holds a character that only the JSON library can write safely. */
    private static Object values(MetricPoint point) {
        String text = point.values().text();
        boolean plain = text.chars().noneMatch(character -> Character.isSurrogate((char) character));
        return plain ? new RawValue(text) : Json.mapper().readTree(text);
    }

    static Object log(String id, LogPage page) {
        return new Log(id, page.lines(), page.totalLines(), page.offset(), page.limit());
    }

    static Object noLog(String id) {
        return new NoLog(id, List.of(), 0, "No logs available yet");
    }

    static Object checkpoints(String id, List<Checkpoint> checkpoints, ZoneId zone) {
        List<ListedCheckpoint> listed = checkpoints.stream()
                .map(checkpoint -> ListedCheckpoint.of(checkpoint, zone))
                .toList();
        Optional<String> best = checkpoints.stream()
                .filter(Checkpoint::best)
                .map(Checkpoint::name)
                .findFirst();
        return new Checkpoints(id, listed, best);
    }

    static Object noCheckpoints(String id) {
        return new NoCheckpoints(id, List.of(), "No checkpoints available yet");
    }

    /** What was measured; each point is the trainer's own JSON. */
    record Metrics(String jobId, List<Object> metrics) {}

    /** Said before anything was measured. */
    record NoMetrics(String jobId, List<Object> metrics, String message) {}

    /** Lines of a log. */
    record Log(String jobId, List<String> logs, long totalLines, long offset, int limit) {}

    /** Said when there is no log. */
    record NoLog(String jobId, List<String> logs, long totalLines, String message) {}

    /** The checkpoints of a job, and the name of the best. */
    record Checkpoints(String jobId, List<ListedCheckpoint> checkpoints, Optional<String> bestCheckpoint) {}

    /** Said when a job has no output directory. */
    record NoCheckpoints(String jobId, List<ListedCheckpoint> checkpoints, String message) {}

    /** One checkpoint; its path is only the name of its directory. */
    record ListedCheckpoint(
            String path,
            OptionalDouble epoch,
            long step,
            OptionalDouble evalLoss,
            OptionalDouble trainLoss,
            long sizeBytes,
            String createdAt,
            boolean isBest,
            boolean isLatest) {
        static ListedCheckpoint of(Checkpoint checkpoint, ZoneId zone) {
            return new ListedCheckpoint(
                    checkpoint.name(),
                    checkpoint.epoch(),
                    checkpoint.step(),
                    checkpoint.evalLoss(),
                    checkpoint.trainLoss(),
                    checkpoint.sizeBytes(),
                    WireTime.local(checkpoint.createdAt(), zone),
                    checkpoint.best(),
                    checkpoint.latest());
        }
    }
}
