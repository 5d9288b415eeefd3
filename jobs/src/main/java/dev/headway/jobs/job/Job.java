package dev.headway.jobs.job;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stood at one moment. Immutable; the store holds the truth.
 *
 * <p>{@link #change} starts the description of a later moment. The builder keeps to the table of {@link JobState}, and
 * {@link #version} lets the store refuse a change made to a job that somebody else has changed meanwhile.
 */
public final class Job {
    private final JobId id;
    private final String userId;
    private final String name;
    private final String modelName;
    private final String token;
    private final String fingerprint;
    private final JsonText config;
    private final Instant submittedAt;

    private final JobState state;
    private final long queueOrder;
    private final int attempt;
    private final int restarts;
    private final int startFailures;
    private final Progress progress;
    private final long version;

    private final @Nullable Instant notBefore;
    private final @Nullable Instant startedAt;
    private final @Nullable Instant lastSignOfLife;
    private final @Nullable Instant stopDeadline;
    private final @Nullable Instant completedAt;
    private final @Nullable Instant pausedAt;
    private final @Nullable Instant updatedAt;
    private final @Nullable Long pid;
    private final @Nullable String errorMessage;
    private final @Nullable String resumeFrom;

    Job(JobBuilder builder) {
        id = builder.id;
        userId = builder.userId;
        name = builder.name;
        modelName = builder.modelName;
        token = builder.token;
        fingerprint = builder.fingerprint;
        config = builder.config;
        submittedAt = builder.submittedAt;
        state = builder.state;
        queueOrder = builder.queueOrder;
        attempt = builder.attempt;
        restarts = builder.restarts;
        startFailures = builder.startFailures;
        progress = builder.progress;
        version = builder.version;
        notBefore = builder.notBefore;
        startedAt = builder.startedAt;
        lastSignOfLife = builder.lastSignOfLife;
        stopDeadline = builder.stopDeadline;
        completedAt = builder.completedAt;
        pausedAt = builder.pausedAt;
        updatedAt = builder.updatedAt;
        pid = builder.pid;
        errorMessage = builder.errorMessage;
        resumeFrom = builder.resumeFrom;
    }

    /**
     * Starts the description of this job at a later moment.
     *
     * @return a builder that holds everything as it is here
     */
    public JobBuilder change() {
        return new JobBuilder(this);
    }

    /** {@return the name of the job} */
    public JobId id() {
        return id;
    }

    /** {@return who submitted it} */
    public String userId() {
        return userId;
    }

    /** {@return what people call it} */
    public String name() {
        return name;
    }

    /** {@return the model that it trains, as its config names it; empty if it names none} */
    public String modelName() {
        return modelName;
    }

    /** {@return the secret by which its trainer may report metrics} */
    public String token() {
        return token;
    }

    /** {@return a digest of the request, by which a repeated submission is known} */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@return the config for the trainer, without {@code resume_from_checkpoint}} */
    public JsonText config() {
        return config;
    }

    /** {@return when it was submitted} */
    public Instant submittedAt() {
        return submittedAt;
    }

    /** {@return where it stands} */
    public JobState state() {
        return state;
    }

    /** {@return its place among the queued jobs: the smallest starts first} */
    public long queueOrder() {
        return queueOrder;
    }

    /** {@return the number of its latest attempt, from 1; 0 before the first. This is also the fencing number} */
    public int attempt() {
        return attempt;
    }

    /** {@return how often it was queued again because its trainer was gone} */
    public int restarts() {
        return restarts;
    }

    /** {@return how many attempts in a row failed before the trainer ran} */
    public int startFailures() {
        return startFailures;
    }

    /** {@return what its trainer last said} */
    public Progress progress() {
        return progress;
    }

    /** {@return how often the stored job has been changed} */
    public long version() {
        return version;
    }

    /** {@return the moment before which it must not be started, if a start has failed} */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** {@return when its trainer was last seen to have started} */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /** {@return when its trainer started or last wrote progress, whichever is later} */
    public Optional<Instant> lastSignOfLife() {
        return Optional.ofNullable(lastSignOfLife);
    }

    /** {@return the moment after which its processes are killed, if they have been told to stop} */
    public Optional<Instant> stopDeadline() {
        return Optional.ofNullable(stopDeadline);
    }

    /** {@return when it ended} */
    public Optional<Instant> completedAt() {
        return Optional.ofNullable(completedAt);
    }

    /** {@return when it was paused, if it is} */
    public Optional<Instant> pausedAt() {
        return Optional.ofNullable(pausedAt);
    }

    /** {@return when its progress last changed} */
    public Optional<Instant> updatedAt() {
        return Optional.ofNullable(updatedAt);
    }

    /** {@return the process id of its trainer; kept after the end} */
    public OptionalLong pid() {
        return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    /** {@return why it failed or was cancelled; for a running job, why it is being stopped} */
    public Optional<String> errorMessage() {
        return Optional.ofNullable(errorMessage);
    }

    /** {@return the path of the checkpoint that its next or present attempt goes on from} */
    public Optional<String> resumeFrom() {
        return Optional.ofNullable(resumeFrom);
    }

    @Override
    public String toString() {
        return "job " + id + " " + state + " attempt " + attempt + " version " + version;
    }
}
