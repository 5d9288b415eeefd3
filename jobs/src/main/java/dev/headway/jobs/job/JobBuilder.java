package dev.headway.jobs.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Describes a job that is new, changed or read from the store. For one thread.
 *
 * <p>A method named without… forgets a value; every other one sets the value it is named after.
 */
public final class JobBuilder {
    final JobId id;
    final String userId;
    final String name;
    final Instant submittedAt;

    String modelName = "";
    String token = "";
    String fingerprint = "";
    JsonText config = JsonText.EMPTY;
    JobState state = JobState.QUEUED;
    long queueOrder;
    int attempt;
    int restarts;
    int startFailures;
    Progress progress = Progress.NONE;
    long version;

    @Nullable
    Instant notBefore;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant lastSignOfLife;

    @Nullable
    Instant stopDeadline;

    @Nullable
    Instant completedAt;

    @Nullable
    Instant pausedAt;

    @Nullable
    Instant updatedAt;

    @Nullable
    Long pid;

    @Nullable
    String errorMessage;

    @Nullable
    String resumeFrom;

    /**
     * Begins a queued job that has never been attempted.
     *
     * @param id its name
     * @param userId who submits it
     * @param name what people call it
     * @param submittedAt now
     */
    public JobBuilder(JobId id, String userId, String name, Instant submittedAt) {
        this.id = id;
        this.userId = userId;
        this.name = name;
        this.submittedAt = submittedAt;
    }

    JobBuilder(Job job) {
        this(job.id(), job.userId(), job.name(), job.submittedAt());
        modelName = job.modelName();
        token = job.token();
        fingerprint = job.fingerprint();
        config = job.config();
        state = job.state();
        queueOrder = job.queueOrder();
        attempt = job.attempt();
        restarts = job.restarts();
        startFailures = job.startFailures();
        progress = job.progress();
        version = job.version();
        notBefore = job.notBefore().orElse(null);
        startedAt = job.startedAt().orElse(null);
        lastSignOfLife = job.lastSignOfLife().orElse(null);
        stopDeadline = job.stopDeadline().orElse(null);
        completedAt = job.completedAt().orElse(null);
        pausedAt = job.pausedAt().orElse(null);
        updatedAt = job.updatedAt().orElse(null);
        pid = job.pid().isPresent() ? job.pid().getAsLong() : null;
        errorMessage = job.errorMessage().orElse(null);
        resumeFrom = job.resumeFrom().orElse(null);
    }

    /**
     * Ends the description.
     *
     * @return the job
     */
    public Job build() {
        return new Job(this);
    }

    /**
     * Moves the job by the table of {@link JobState}.
     *
     * @param next the state to move to
     * @return this
     * @throws IllegalMove if the table does not have the move
     */
    public JobBuilder become(JobState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalMove(id, state, next);
        }
        state = next;
        return this;
    }

    /** {@return this, having set the state of a job that is read from the store, where it got there by legal moves} */
    public JobBuilder storedState(JobState value) {
        state = value;
        return this;
    }

    /** {@return this, having set the model that its config names} */
    public JobBuilder modelName(String value) {
        modelName = value;
        return this;
    }

    /** {@return this, having set the secret of its trainer} */
    public JobBuilder token(String value) {
        token = value;
        return this;
    }

    /** {@return this, having set a digest of the request} */
    public JobBuilder fingerprint(String value) {
        fingerprint = value;
        return this;
    }

    /** {@return this, having set the config for the trainer} */
    public JobBuilder config(JsonText value) {
        config = value;
        return this;
    }

    /** {@return this, having set its place among the queued jobs} */
    public JobBuilder queueOrder(long value) {
        queueOrder = value;
        return this;
    }

    /** {@return this, having set the number of its latest attempt} */
    public JobBuilder attempt(int value) {
        attempt = value;
        return this;
    }

    /** {@return this, having set how often it was queued again because its trainer was gone} */
    public JobBuilder restarts(int value) {
        restarts = value;
        return this;
    }

    /** {@return this, having set how many attempts in a row failed before the trainer ran} */
    public JobBuilder startFailures(int value) {
        startFailures = value;
        return this;
    }

    /** {@return this, having set what its trainer last said} */
    public JobBuilder progress(Progress value) {
        progress = value;
        return this;
    }

    /** {@return this, having set how often the stored job has been changed} */
    public JobBuilder version(long value) {
        version = value;
        return this;
    }

    /** {@return this, having set the moment before which it must not be started} */
    public JobBuilder notBefore(Instant value) {
        notBefore = value;
        return this;
    }

    /** {@return this, having set when its trainer was seen to have started} */
    public JobBuilder startedAt(Instant value) {
        startedAt = value;
        return this;
    }

    /** {@return this, having set when its trainer started or last wrote progress} */
    public JobBuilder lastSignOfLife(Instant value) {
        lastSignOfLife = value;
        return this;
    }

    /** {@return this, having set the moment after which its processes are killed} */
    public JobBuilder stopDeadline(Instant value) {
        stopDeadline = value;
        return this;
    }

    /** {@return this, having set when it ended} */
    public JobBuilder completedAt(Instant value) {
        completedAt = value;
        return this;
    }

    /** {@return this, having set when it was paused} */
    public JobBuilder pausedAt(Instant value) {
        pausedAt = value;
        return this;
    }

    /** {@return this, having set when its progress last changed} */
    public JobBuilder updatedAt(Instant value) {
        updatedAt = value;
        return this;
    }

    /** {@return this, having set the process id of its trainer} */
    public JobBuilder pid(long value) {
        pid = value;
        return this;
    }

    /** {@return this, having set why it failed, was cancelled or is being stopped} */
    public JobBuilder errorMessage(String value) {
        errorMessage = value;
        return this;
    }

    /** {@return this, having set the path of the checkpoint to go on from} */
    public JobBuilder resumeFrom(String value) {
        resumeFrom = value;
        return this;
    }

    /** {@return this, having forgotten a wait before the next start} */
    public JobBuilder withoutNotBefore() {
        notBefore = null;
        return this;
    }

    /** {@return this, having forgotten a deadline} */
    public JobBuilder withoutStopDeadline() {
        stopDeadline = null;
        return this;
    }

    /** {@return this, having forgotten an end} */
    public JobBuilder withoutCompletedAt() {
        completedAt = null;
        return this;
    }

    /** {@return this, having forgotten a pause} */
    public JobBuilder withoutPausedAt() {
        pausedAt = null;
        return this;
    }

    /** {@return this, having forgotten a process id} */
    public JobBuilder withoutPid() {
        pid = null;
        return this;
    }

    /** {@return this, having forgotten an error} */
    public JobBuilder withoutErrorMessage() {
        errorMessage = null;
        return this;
    }

    /** {@return this, having forgotten a checkpoint to go on from} */
    public JobBuilder withoutResumeFrom() {
        resumeFrom = null;
        return this;
    }
}
