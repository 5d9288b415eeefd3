package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.metric.MetricPoint;
import dev.headway.jobs.workspace.Workspace;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes training jobs, runs them, and outlives its own death. For any number of threads. */
// The bodies come piece by piece in the next commits; until then every method throws.
@SuppressWarnings("DoNotCallSuggester")
public final class JobEngine implements AutoCloseable {
    private JobEngine() {}

    /**
     * Takes possession of a data directory and finds out what became of the jobs in it; starts nothing.
     *
     * @param settings everything that can be chosen
     * @param clock the time of day
     * @return the engine, which moves only by {@link #start} or {@link #step}
     * @throws dev.headway.jobs.job.JobsException with a sentence for the user if the directory is in use, cannot be
     *     written to, or holds a database that cannot be used
     */
    public static JobEngine open(EngineSettings settings, Clock clock) {
        throw pending();
    }

    /** Starts the thread that keeps the jobs moving. */
    public void start() {
        throw pending();
    }

    /** Moves every job as far as it can be moved now; what the thread does all the time. */
    public void step() {
        throw pending();
    }

    /** Stops the thread and lets go of the data directory. Trainers run on. */
    @Override
    public void close() {
        throw pending();
    }

    /**
     * Stores a new job for good.
     *
     * @param request what is asked for
     * @return the job, or the one that the same request made before
     * @throws JobConflict if the name is taken by a job that another request made
     * @throws QueueFull if too many jobs are queued
     * @throws JobNotStored if it could not be written down; nothing of it is kept
     */
    public Submission submit(JobRequest request) {
        throw pending();
    }

    /**
     * Looks a job up.
     *
     * @param id its name
     * @return the job as it stands, if there is one
     */
    public Optional<Job> find(JobId id) {
        throw pending();
    }

    /**
     * Lists jobs.
     *
     * @param limit how many at most
     * @return the jobs, last submitted first
     */
    public List<Job> recent(int limit) {
        throw pending();
    }

    /** {@return the jobs that run and those that wait} */
    public QueueView queue() {
        throw pending();
    }

    /** {@return how many jobs run and wait} */
    public JobCounts counts() {
        throw pending();
    }

    /**
     * Finds a job's place in the queue.
     *
     * @param job the job
     * @return its place, from 1; 0 if it is not queued
     */
    public int position(Job job) {
        throw pending();
    }

    /**
     * Cancels a job.
     *
     * @param id its name
     * @return what came of it, once its processes have ended; the order itself is stored before this method returns
     */
    public CompletionStage<Outcome> cancel(JobId id) {
        throw pending();
    }

    /**
     * Has a job write a checkpoint and stop.
     *
     * @param id its name
     * @return what came of it, once its processes have ended; the order itself is stored before this method returns
     */
    public CompletionStage<Outcome> pause(JobId id) {
        throw pending();
    }

    /**
     * Queues a paused job again, to go on from a checkpoint.
     *
     * @param id its name
     * @param checkpoint the name of a checkpoint of this job, or the absolute path of one that the caller has found to be
     *     allowed; if empty, the last checkpoint of this job
     * @return what came of it
     * @throws dev.headway.jobs.workspace.PathRefused if the checkpoint is neither a name nor an absolute path
     */
    public Outcome resume(JobId id, Optional<String> checkpoint) {
        throw pending();
    }

    /**
     * Puts a queued, failed or cancelled job at the head of the queue.
     *
     * @param id its name
     * @return what came of it
     */
    public Outcome forceStart(JobId id) {
        throw pending();
    }

    /**
     * Looks at everything that should run, as the engine does all the time, and reports what that changed.
     *
     * @return the numbers before and after
     */
    public ReconnectReport reconnect() {
        throw pending();
    }

    /**
     * Gives what the trainers of a job have measured.
     *
     * @param id its name
     * @return the points by step, across all attempts
     */
    public List<MetricPoint> metrics(JobId id) {
        throw pending();
    }

    /**
     * Reads lines of a job's log, whether or not the job is known.
     *
     * @param id its name
     * @param offset the first line, from 0; if negative, the last lines are given
     * @param limit how many lines at most; a page is bounded in any case
     * @return the lines, if there is a log
     * @throws LogUnreadable if there is one that cannot be read
     */
    public Optional<LogPage> log(JobId id, long offset, int limit) {
        throw pending();
    }

    /**
     * Lists the checkpoints of a job, whether or not the job is known.
     *
     * @param id its name
     * @return the checkpoints by descending step, if there is an output directory
     * @throws CheckpointsUnreadable if the directory cannot be read
     */
    public Optional<List<Checkpoint>> checkpoints(JobId id) {
        throw pending();
    }

    /** {@return where everything lies} */
    public Workspace workspace() {
        throw pending();
    }

    private static UnsupportedOperationException pending() {
        return new UnsupportedOperationException("the engine's body lands in a later commit");
    }
}
