-- Times are microseconds since 1970-01-01 UTC. The columns mean what the accessors of dev.headway.jobs.job.Job say.
CREATE TABLE jobs (
    id                TEXT PRIMARY KEY,
    user_id           TEXT    NOT NULL,
    name              TEXT    NOT NULL,
    model_name        TEXT    NOT NULL,
    token             TEXT    NOT NULL,
    fingerprint       TEXT    NOT NULL,
    config            TEXT    NOT NULL,
    submitted_at      BIGINT  NOT NULL,
    state             TEXT    NOT NULL CHECK (state IN
        ('queued', 'starting', 'running', 'pausing', 'cancelling', 'paused', 'completed', 'failed', 'cancelled')),
    queue_order       BIGINT  NOT NULL,
    attempt           INTEGER NOT NULL,
    restarts          INTEGER NOT NULL,
    start_failures    INTEGER NOT NULL,
    progress          TEXT    NOT NULL,
    version           BIGINT  NOT NULL,
    not_before        BIGINT,
    started_at        BIGINT,
    last_sign_of_life BIGINT,
    stop_deadline     BIGINT,
    completed_at      BIGINT,
    paused_at         BIGINT,
    updated_at        BIGINT,
    pid               BIGINT,
    error_message     TEXT,
    resume_from       TEXT
);

CREATE INDEX jobs_by_state ON jobs (state, queue_order);
CREATE INDEX jobs_by_queue_order ON jobs (queue_order);
CREATE INDEX jobs_by_submission ON jobs (submitted_at);

CREATE TABLE metric_points (
    job_id TEXT   NOT NULL REFERENCES jobs (id),
    step   BIGINT NOT NULL,
    point  TEXT   NOT NULL,
    PRIMARY KEY (job_id, step)
);
