package dev.headway.jobs.metric;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the progress files of running jobs. For one thread.
 *
 * <p>A file is read when its time, size or inode has changed; the time alone lies, as two quick renames often share one.
 * A file that is half written, garbage, or gone for a moment is simply looked at again: the last good reading stands. A
 * large file is read less often, as its whole history has to be read each time.
 *
 * <p>A reading counts only once it is {@linkplain #stored}; until then its points are new again.
 */
public final class ProgressFollower {
    private static final long MAX_BYTES = 64L << 20;
    private static final long REST_NANOS_PER_BYTE = 250;

    private final Workspace workspace;
    private final Map<JobId, Followed> files = new HashMap<>();

    /** What is remembered of a file. For one thread. */
    private static final class Followed {
        private String signature = "";
        private Instant notBefore = Instant.MIN;
        private Map<Long, Integer> points = Map.of();
    }

    /**
     * Follows no file yet.
     *
     * @param workspace where the files are
     */
    public ProgressFollower(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Looks for news.
     *
     * @param id the job
     * @param now the time
     * @return what is new, if there is anything and it can be read
     */
    public Optional<ProgressReading> look(JobId id, Instant now) {
        Followed followed = files.computeIfAbsent(id, any -> new Followed());
        return now.isBefore(followed.notBefore) ? Optional.empty() : look(id, followed, now);
    }

    /**
     * Reads the file whether or not it seems to have changed: the last word of a trainer that has ended.
     *
     * @param id the job
     * @param now the time
     * @return what it says, if it can be read
     */
    public Optional<ProgressReading> lookOnceMore(JobId id, Instant now) {
        Followed followed = files.computeIfAbsent(id, any -> new Followed());
        followed.signature = "";
        return look(id, followed, now);
    }

    /**
     * Takes note that a reading is in the store.
     *
     * @param reading the reading
     */
    public void stored(ProgressReading reading) {
        files.computeIfAbsent(reading.id(), any -> new Followed()).points = reading.allPoints();
    }

    /**
     * Stops following a file.
     *
     * @param id the job
     */
    public void forget(JobId id) {
        files.remove(id);
    }

    private Optional<ProgressReading> look(JobId id, Followed followed, Instant now) {
        try {
            Path file = workspace.progress(id);
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            String signature = attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
            if (signature.equals(followed.signature) || attributes.size() > MAX_BYTES || !attributes.isRegularFile()) {
                return Optional.empty();
            }
            followed.notBefore = now.plus(Duration.ofNanos(attributes.size() * REST_NANOS_PER_BYTE));
            Optional<ProgressReading> reading =
                    ProgressParser.parse(Files.readAllBytes(file)).map(parsed -> compare(id, parsed, followed.points));
            if (reading.isPresent()) {
                followed.signature = signature;
            }
            return reading;
        } catch (IOException e) {
            // It is not there yet, or is being replaced.
            return Optional.empty();
        }
    }

    private static ProgressReading compare(JobId id, ProgressParser.Parsed parsed, Map<Long, Integer> known) {
        Map<Long, Integer> all = new HashMap<>();
        List<MetricPoint> fresh = new ArrayList<>();
        for (MetricPoint point : parsed.points()) {
            Integer hash = point.values().hashCode();
            all.put(point.step(), hash);
            if (!hash.equals(known.get(point.step()))) {
                fresh.add(point);
            }
        }
        return new ProgressReading(id, parsed.progress(), fresh, all);
    }
}
