package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.metric.MetricPoint;
import dev.headway.jobs.run.AttemptRunner;
import dev.headway.jobs.run.LocalProcesses;
import dev.headway.jobs.run.TrainerSettings;
import dev.headway.jobs.store.JobStore;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes training jobs, runs them, and outlives its own death. For any number of threads.
 *
 * <p>Everything that must not be lost is in the store before anybody is told of it, and trainers run as processes that do
 * not need the engine. An engine that is opened on the directory of one that died therefore goes on where that one
 * stopped: {@link #open} and the first {@link #step} are the whole recovery.
 */
public final class JobEngine implements AutoCloseable {
    private final Workspace workspace;
    private final DirectoryLock lock;
    private final JobStore store;
    private final Waiters waiters = new Waiters();
    private final Submitter submitter;
    private final Orders orders;
    private final Conductor conductor;
    private final EngineThread thread;
    private final LogReader logs;

    private JobEngine(
            EngineSettings settings,
            Clock clock,
            Workspace workspace,
            DirectoryLock lock,
            JobStore store,
            AttemptRunner runner,
            JobListener listener) {
        this.workspace = workspace;
        this.lock = lock;
        this.store = store;
        // No finer than the store keeps it, so that what is stored equals what is read.
        Supplier<Instant> now = () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
        this.submitter = new Submitter(store, workspace, settings, now);
        this.orders = new Orders(store, workspace, settings.patience(), waiters, now);
        this.conductor = new Conductor(store, runner, workspace, settings, waiters, listener, now);
        this.thread = new EngineThread(conductor, settings.patience().tick());
        this.logs = new LogReader(workspace);
    }

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
        return open(settings, clock, JobListener.NONE);
    }

    /**
     * Does the same, and tells a listener how jobs are moved.
     *
     * @param settings everything that can be chosen
     * @param clock the time of day
     * @param listener is told of every attempt that begins, runs and ends
     * @return the engine, which moves only by {@link #start} or {@link #step}
     * @throws dev.headway.jobs.job.JobsException as the other method
     */
    public static JobEngine open(EngineSettings settings, Clock clock, JobListener listener) {
        return open(settings, clock, listener, LocalProcesses::open);
    }

    /** Opens an engine that runs its attempts elsewhere. */
    static JobEngine open(EngineSettings settings, Clock clock, JobListener listener, RunnerSource runners) {
        Workspace workspace = new Workspace(settings.dataDirectory(), settings.fileNames());
        DirectoryLock lock = lock(workspace);
        try {
            AttemptRunner runner = runners.open(workspace, settings.trainer());
            JobStore store = settings.databaseUrl()
                    .map(JobStore::postgres)
                    .orElseGet(() -> JobStore.sqlite(workspace.database()));
            return new JobEngine(settings, clock, workspace, lock, store, runner, listener);
        } catch (IOException e) {
            lock.close();
            throw new DataDirectoryUnusable(workspace.root(), e.toString(), e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Where an engine gets its runner from. */
    @FunctionalInterface
    interface RunnerSource {
        AttemptRunner open(Workspace workspace, TrainerSettings settings) throws IOException;
    }

    private static DirectoryLock lock(Workspace workspace) {
        try {
            Files.createDirectories(workspace.configs());
            Files.createDirectories(workspace.logs());
            return DirectoryLock.acquire(workspace);
        } catch (IOException e) {
            throw new DataDirectoryUnusable(workspace.root(), e.toString(), e);
        }
    }

    /** Starts the thread that keeps the jobs moving. */
    public void start() {
        thread.start();
    }

    /** Moves every job as far as it can be moved now; what the thread does all the time. */
    public void step() {
        conductor.step();
    }

    /** Stops the thread and lets go of the data directory. Trainers run on. */
    @Override
    public void close() {
        thread.stop();
        waiters.close();
        store.close();
        lock.close();
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
        Submission submission = submitter.submit(request);
        thread.wake();
        return submission;
    }

    /**
     * Looks a job up.
     *
     * @param id its name
     * @return the job as it stands, if there is one
     */
    public Optional<Job> find(JobId id) {
        return store.find(id);
    }

    /**
     * Lists jobs.
     *
     * @param limit how many at most
     * @return the jobs, last submitted first
     */
    public List<Job> recent(int limit) {
        return store.recent(limit);
    }

    /** {@return the jobs that run and those that wait} */
    public QueueView queue() {
        return new QueueView(store.active(), store.queued(), thread.isRunning());
    }

    /** {@return how many jobs run and wait} */
    public JobCounts counts() {
        return new JobCounts(store.active().size(), store.count(JobState.QUEUED));
    }

    /** {@return how many jobs stand where, and since when one waits} */
    public JobSurvey survey() {
        return new JobSurvey(store.countByState(), store.oldestWaiting());
    }

    /**
     * Finds a job's place in the queue.
     *
     * @param job the job
     * @return its place, from 1; 0 if it is not queued
     */
    public int position(Job job) {
        return store.position(job.id());
    }

    /**
     * Cancels a job.
     *
     * @param id its name
     * @return what came of it, once its processes have ended; the order itself is stored before this method returns
     */
    public CompletionStage<Outcome> cancel(JobId id) {
        return woken(orders.cancel(id));
    }

    /**
     * Has a job write a checkpoint and stop.
     *
     * @param id its name
     * @return what came of it, once its processes have ended; the order itself is stored before this method returns
     */
    public CompletionStage<Outcome> pause(JobId id) {
        return woken(orders.pause(id));
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
        return woken(orders.resume(id, checkpoint));
    }

    /**
     * Puts a queued, failed or cancelled job at the head of the queue.
     *
     * @param id its name
     * @return what came of it
     */
    public Outcome forceStart(JobId id) {
        return woken(orders.forceStart(id));
    }

    /**
     * Looks at everything that should run, as the engine does all the time, and reports what that changed.
     *
     * @return the numbers before and after
     */
    public ReconnectReport reconnect() {
        int jobsBefore = store.count();
        Set<JobId> before = running();
        conductor.step();
        Set<JobId> after = running();
        Set<JobId> found = new HashSet<>(after);
        found.removeAll(before);
        return new ReconnectReport(jobsBefore, store.count(), before.size(), after.size(), found.size());
    }

    /**
     * Gives what the trainers of a job have measured.
     *
     * @param id its name
     * @return the points by step, across all attempts
     */
    public List<MetricPoint> metrics(JobId id) {
        return store.metrics(id);
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
        return logs.read(id, offset, limit);
    }

    /**
     * Lists the checkpoints of a job, whether or not the job is known.
     *
     * @param id its name
     * @return the checkpoints by descending step, if there is an output directory
     * @throws CheckpointsUnreadable if the directory cannot be read
     */
    public Optional<List<Checkpoint>> checkpoints(JobId id) {
        return CheckpointDirectory.of(workspace, id).list();
    }

    /** {@return where everything lies} */
    public Workspace workspace() {
        return workspace;
    }

    private Set<JobId> running() {
        return store.active().stream()
                .filter(job -> job.state() != JobState.STARTING)
                .map(Job::id)
                .collect(Collectors.toSet());
    }

    private <T> T woken(T result) {
        thread.wake();
        return result;
    }
}
