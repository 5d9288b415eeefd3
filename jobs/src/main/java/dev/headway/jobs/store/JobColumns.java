package dev.headway.jobs.store;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobBuilder;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.job.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Carries jobs between rows and objects. Stateless. */
final class JobColumns implements RowMapper<Job> {
    @Override
    public Job map(ResultSet row, StatementContext context) throws SQLException {
        JobBuilder job = new JobBuilder(
                        new JobId(row.getString("id")),
                        row.getString("user_id"),
                        row.getString("name"),
                        instant(row.getLong("submitted_at")))
                .modelName(row.getString("model_name"))
                .token(row.getString("token"))
                .fingerprint(row.getString("fingerprint"))
                .config(new JsonText(row.getString("config")))
                .storedState(JobState.ofStoredName(row.getString("state")))
                .queueOrder(row.getLong("queue_order"))
                .attempt(row.getInt("attempt"))
                .restarts(row.getInt("restarts"))
                .startFailures(row.getInt("start_failures"))
                .progress(Progress.ofStored(new JsonText(row.getString("progress"))))
                .version(row.getLong("version"));
        mapOptional(row, job);
        return job.build();
    }

    private static void mapOptional(ResultSet row, JobBuilder job) throws SQLException {
        ifTime(row, "not_before", job::notBefore);
        ifTime(row, "started_at", job::startedAt);
        ifTime(row, "last_sign_of_life", job::lastSignOfLife);
        ifTime(row, "stop_deadline", job::stopDeadline);
        ifTime(row, "completed_at", job::completedAt);
        ifTime(row, "paused_at", job::pausedAt);
        ifTime(row, "updated_at", job::updatedAt);
        ifNumber(row, "pid", job::pid);
        ifText(row, "error_message", job::errorMessage);
        ifText(row, "resume_from", job::resumeFrom);
    }

    /** Binds every column that never changes. */
    static <S extends SqlStatement<S>> S bindFixed(S statement, Job job) {
        return statement
                .bind("user_id", job.userId())
                .bind("name", job.name())
                .bind("model_name", job.modelName())
                .bind("token", job.token())
                .bind("fingerprint", job.fingerprint())
                .bind("config", job.config().text())
                .bind("submitted_at", micros(job.submittedAt()));
    }

    /** Binds the id, the version and every column that changes, but for the queue order. */
    static <S extends SqlStatement<S>> S bindChanging(S statement, Job job) {
        return statement
                .bind("id", job.id().text())
                .bind("version", job.version())
                .bind("state", job.state().storedName())
                .bind("attempt", job.attempt())
                .bind("restarts", job.restarts())
                .bind("start_failures", job.startFailures())
                .bind("progress", job.progress().json().text())
                .bind("not_before", microsOrNull(job.notBefore().orElse(null)))
                .bind("started_at", microsOrNull(job.startedAt().orElse(null)))
                .bind("last_sign_of_life", microsOrNull(job.lastSignOfLife().orElse(null)))
                .bind("stop_deadline", microsOrNull(job.stopDeadline().orElse(null)))
                .bind("completed_at", microsOrNull(job.completedAt().orElse(null)))
                .bind("paused_at", microsOrNull(job.pausedAt().orElse(null)))
                .bind("updated_at", microsOrNull(job.updatedAt().orElse(null)))
                .bind("pid", job.pid().isPresent() ? (Long) job.pid().getAsLong() : null)
                .bind("error_message", job.errorMessage().orElse(null))
                .bind("resume_from", job.resumeFrom().orElse(null));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static @Nullable Long microsOrNull(@Nullable Instant time) {
        return time == null ? null : micros(time);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static void ifTime(ResultSet row, String column, Consumer<Instant> target) throws SQLException {
        ifNumber(row, column, micros -> target.accept(instant(micros)));
    }

    private static void ifNumber(ResultSet row, String column, Consumer<Long> target) throws SQLException {
        long value = row.getLong(column);
        if (!row.wasNull()) {
            target.accept(value);
        }
    }

    private static void ifText(ResultSet row, String column, Consumer<String> target) throws SQLException {
        String value = row.getString(column);
        if (value != null) {
            target.accept(value);
        }
    }
}
