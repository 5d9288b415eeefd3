package dev.headway.jobs.store;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.metric.MetricPoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The jobs, their metrics and the queue in a database. For any number of threads.
 *
 * <p>A job is changed by writing it back whole, and only if nobody has changed it since it was read: its version says so.
 * Whoever loses reads again and decides again. A change that is stored is stored for good before the method returns.
 *
 * <p>Every method throws {@link StoreFailed} if the database refuses; it has then changed nothing.
 */
public final class JobStore implements AutoCloseable {
    private static final JobColumns COLUMNS = new JobColumns();

    private final Dialect dialect;

    private JobStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Opens a database in a file, which is made if it does not exist.
     *
     * @param file the file
     * @return the store
     * @throws StoreUnusable if it cannot be used, with the reason in a sentence
     */
    public static JobStore sqlite(Path file) {
        return open(SqliteDialect.open(file));
    }

    /**
     * Opens a database on a PostgreSQL server and keeps other engines out of it.
     *
     * @param url a {@code jdbc:postgresql:} URL with its credentials
     * @return the store
     * @throws StoreUnusable if it cannot be used, with the reason in a sentence
     */
    public static JobStore postgres(String url) {
        return open(PostgresDialect.open(url));
    }

    private static JobStore open(Dialect dialect) {
        try {
            Migrations.apply(dialect);
            return new JobStore(dialect);
        } catch (StoreUnusable e) {
            dialect.close();
            throw e;
        } catch (RuntimeException e) {
            dialect.close();
            throw dialect.explain(e);
        }
    }

    @Override
    public void close() {
        dialect.close();
    }

    /**
     * Stores a new job at the end of the queue.
     *
     * @param job the job, queued
     * @param maxQueued how many jobs may be queued, it included
     * @return what came of it
     */
    public Insertion insert(Job job, int maxQueued) {
        return guarded(() -> dialect.writer().inTransaction(handle -> {
            dialect.lockQueue(handle);
            Optional<Job> present = JobRows.find(handle, job.id());
            if (present.isPresent()) {
                return new Insertion.Exists(present.get());
            }
            if (JobRows.count(handle, JobState.QUEUED) >= maxQueued) {
                return new Insertion.Full();
            }
            JobRows.insert(
                    handle,
                    job.change().queueOrder(JobRows.orderAt(handle, Place.TAIL)).build());
            return new Insertion.Inserted(JobRows.find(handle, job.id()).orElseThrow());
        }));
    }

    /**
     * Looks a job up.
     *
     * @param id its name
     * @return the job as it stands, if there is one
     */
    public Optional<Job> find(JobId id) {
        return guarded(() -> dialect.reader().withHandle(handle -> JobRows.find(handle, id)));
    }

    /**
     * Lists jobs.
     *
     * @param limit how many at most
     * @return the jobs, last submitted first
     */
    public List<Job> recent(int limit) {
        return guarded(() -> dialect.reader()
                .withHandle(handle -> handle.createQuery("""
                        SELECT * FROM jobs ORDER BY submitted_at DESC, id LIMIT :limit""")
                        .bind("limit", limit)
                        .map(COLUMNS)
                        .list()));
    }

    /** {@return the jobs that have an attempt, longest first; those whose trainer has not begun come last} */
    public List<Job> active() {
        return guarded(() -> dialect.reader()
                .withHandle(handle -> handle.createQuery("""
                        SELECT * FROM jobs WHERE state IN ('starting', 'running', 'pausing', 'cancelling')
                        ORDER BY started_at IS NULL, started_at, submitted_at, id""").map(COLUMNS).list()));
    }

    /** {@return the queued jobs in the order in which they are to start} */
    public List<Job> queued() {
        return guarded(() -> dialect.reader()
                .withHandle(handle -> handle.createQuery("""
                        SELECT * FROM jobs WHERE state = 'queued' ORDER BY queue_order""").map(COLUMNS).list()));
    }

    /**
     * Finds the job to start next.
     *
     * @param now the time; jobs that have to wait longer are passed over
     * @return the first queued job that may start
     */
    public Optional<Job> nextQueued(Instant now) {
        return guarded(() -> dialect.reader()
                .withHandle(handle -> handle.createQuery("""
                        SELECT * FROM jobs WHERE state = 'queued' AND (not_before IS NULL OR not_before <= :now)
                        ORDER BY queue_order LIMIT 1""")
                        .bind("now", JobColumns.micros(now))
                        .map(COLUMNS)
                        .findOne()));
    }

    /**
     * Finds a job's place in the queue.
     *
     * @param id the job
     * @return its place, from 1; 0 if it is not queued
     */
    public int position(JobId id) {
        return guarded(() -> dialect.reader()
                .withHandle(handle -> handle.createQuery("""
                        SELECT COUNT(*) FROM jobs other JOIN jobs own ON other.queue_order <= own.queue_order
                        WHERE own.id = :id AND own.state = 'queued' AND other.state = 'queued'""")
                        .bind("id", id.text())
                        .mapTo(Integer.class)
                        .one()));
    }

    /**
     * Counts jobs.
     *
     * @param state where they stand
     * @return how many stand there
     */
    public int count(JobState state) {
        return guarded(() -> dialect.reader().withHandle(handle -> JobRows.count(handle, state)));
    }

    /** {@return how many jobs there are} */
    public int count() {
        return guarded(() -> dialect.reader()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM jobs")
                        .mapTo(Integer.class)
                        .one()));
    }

    /** {@return how many jobs there are in each state that any is in} */
    public Map<JobState, Integer> countByState() {
        return guarded(() -> dialect.reader()
                .withHandle(handle -> handle.createQuery("SELECT state, COUNT(*) AS jobs FROM jobs GROUP BY state")
                        .reduceRows(new EnumMap<>(JobState.class), (counts, row) -> {
                            JobState state = JobState.ofStoredName(row.getColumn("state", String.class));
                            counts.put(state, row.getColumn("jobs", Integer.class));
                            return counts;
                        })));
    }

    /** {@return when the job was submitted that has waited longest for its first attempt, if one waits} */
    public Optional<Instant> oldestWaiting() {
        return guarded(() -> dialect.reader()
                .withHandle(handle ->
                        handle.createQuery("""
                        SELECT submitted_at FROM jobs WHERE state = 'queued' AND attempt = 0
                        ORDER BY submitted_at LIMIT 1""").mapTo(Long.class).findOne().map(JobColumns::instant)));
    }

    /**
     * Writes a changed job back.
     *
     * @param job the job, with the version that it was read with
     * @return the job as stored; empty if somebody else has changed it since, and then nothing was done
     */
    public Optional<Job> update(Job job) {
        return update(job, List.of());
    }

    /**
     * Writes a changed job back together with what it has measured.
     *
     * @param job the job, with the version that it was read with
     * @param points points that are new or replace those at the same step
     * @return the job as stored; empty if somebody else has changed it since, and then nothing was done
     */
    public Optional<Job> update(Job job, List<MetricPoint> points) {
        return guarded(() -> dialect.writer().inTransaction(handle -> {
            if (!JobRows.update(handle, job)) {
                return Optional.empty();
            }
            JobRows.writePoints(handle, job.id(), points);
            return JobRows.find(handle, job.id());
        }));
    }

    /**
     * Writes a changed job back, gives it a new place in the queue, and keeps what it has measured.
     *
     * @param job the job, queued, with the version that it was read with
     * @param place the place
     * @param points points that are new or replace those at the same step
     * @return the job as stored; empty if somebody else has changed it since, and then nothing was done
     */
    public Optional<Job> enqueue(Job job, Place place, List<MetricPoint> points) {
        return guarded(() -> dialect.writer().inTransaction(handle -> {
            Optional<Job> stored = enqueue(handle, job, place);
            stored.ifPresent(present -> JobRows.writePoints(handle, present.id(), points));
            return stored;
        }));
    }

    /**
     * Writes a changed job back, puts it at the head of the queue and forgets what it has measured.
     *
     * @param job the job, queued, with the version that it was read with
     * @return the job as stored; empty if somebody else has changed it since, and then nothing was done
     */
    public Optional<Job> startOver(Job job) {
        return guarded(() -> dialect.writer().inTransaction(handle -> {
            Optional<Job> stored = enqueue(handle, job, Place.HEAD);
            stored.ifPresent(present -> JobRows.deletePoints(handle, present.id()));
            return stored;
        }));
    }

    /**
     * Gives what a job has measured.
     *
     * @param id the job
     * @return the points by step
     */
    public List<MetricPoint> metrics(JobId id) {
        return guarded(() -> dialect.reader()
                .withHandle(handle -> handle.createQuery("""
                        SELECT step, point FROM metric_points WHERE job_id = :id ORDER BY step""")
                        .bind("id", id.text())
                        .map((row, context) ->
                                new MetricPoint(row.getLong("step"), new JsonText(row.getString("point"))))
                        .list()));
    }

    private Optional<Job> enqueue(Handle handle, Job job, Place place) {
        dialect.lockQueue(handle);
        if (!JobRows.update(handle, job)) {
            return Optional.empty();
        }
        JobRows.place(handle, job.id(), place);
        return JobRows.find(handle, job.id());
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            throw new StoreFailed(e);
        }
    }
}
