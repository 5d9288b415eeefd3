package dev.headway.jobs.store;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.metric.MetricPoint;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** The statements that transactions of {@link JobStore} are made of. Stateless. */
final class JobRows {
    private static final JobColumns COLUMNS = new JobColumns();

    private JobRows() {}

    static Optional<Job> find(Handle handle, JobId id) {
        return handle.createQuery("SELECT * FROM jobs WHERE id = :id")
                .bind("id", id.text())
                .map(COLUMNS)
                .findOne();
    }

    static int count(Handle handle, JobState state) {
        return handle.createQuery("SELECT COUNT(*) FROM jobs WHERE state = :state")
                .bind("state", state.storedName())
                .mapTo(Integer.class)
                .one();
    }

    static void insert(Handle handle, Job job) {
        Update insert = handle.createUpdate("""
                INSERT INTO jobs (id, user_id, name, model_name, token, fingerprint, config, submitted_at,
                    state, queue_order, attempt, restarts, start_failures, progress, version,
                    not_before, started_at, last_sign_of_life, stop_deadline, completed_at, paused_at, updated_at,
                    pid, error_message, resume_from)
                VALUES (:id, :user_id, :name, :model_name, :token, :fingerprint, :config, :submitted_at,
                    :state, :queue_order, :attempt, :restarts, :start_failures, :progress, :version,
                    :not_before, :started_at, :last_sign_of_life, :stop_deadline, :completed_at, :paused_at, :updated_at,
                    :pid, :error_message, :resume_from)""");
        JobColumns.bindFixed(insert, job);
        JobColumns.bindChanging(insert, job)
                .bind("queue_order", job.queueOrder())
                .execute();
    }

    static boolean update(Handle handle, Job job) {
        Update update = handle.createUpdate("""
                UPDATE jobs SET state = :state, attempt = :attempt, restarts = :restarts,
                    start_failures = :start_failures, progress = :progress, version = version + 1,
                    not_before = :not_before, started_at = :started_at, last_sign_of_life = :last_sign_of_life,
                    stop_deadline = :stop_deadline, completed_at = :completed_at, paused_at = :paused_at,
                    updated_at = :updated_at, pid = :pid, error_message = :error_message, resume_from = :resume_from
                WHERE id = :id AND version = :version""");
        return JobColumns.bindChanging(update, job).execute() == 1;
    }

    static long orderAt(Handle handle, Place place) {
        String sql = place == Place.HEAD
                ? "SELECT COALESCE(MIN(queue_order), 0) - 1 FROM jobs"
                : "SELECT COALESCE(MAX(queue_order), 0) + 1 FROM jobs";
        return handle.createQuery(sql).mapTo(Long.class).one();
    }

    static void writePoints(Handle handle, JobId id, List<MetricPoint> points) {
        if (points.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO metric_points (job_id, step, point) VALUES (:id, :step, :point)
                ON CONFLICT (job_id, step) DO UPDATE SET point = excluded.point""");
        for (MetricPoint point : points) {
            batch.bind("id", id.text())
                    .bind("step", point.step())
                    .bind("point", point.values().text())
                    .add();
        }
        batch.execute();
    }

    static void deletePoints(Handle handle, JobId id) {
        handle.createUpdate("DELETE FROM metric_points WHERE job_id = :id")
                .bind("id", id.text())
                .execute();
    }

    static void place(Handle handle, JobId id, Place place) {
        handle.createUpdate("UPDATE jobs SET queue_order = :queue_order WHERE id = :id")
                .bind("queue_order", orderAt(handle, place))
                .bind("id", id.text())
                .execute();
    }
}
