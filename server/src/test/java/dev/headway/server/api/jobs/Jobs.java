package dev.headway.server.api.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobBuilder;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.job.Progress;
import dev.headway.server.http.Json;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Jobs for tests that need no engine. */
final class Jobs {
    static final Instant SUBMITTED = Instant.parse("2026-11-23T10:05:59.846726Z");

    private Jobs() {}

    static Job in(JobState state) {
        return builder().storedState(state).build();
    }

    static JobBuilder builder() {
        return new JobBuilder(JobId.parse("J"), "u1", "Training Job J", SUBMITTED);
    }

    static Progress progress(String json) {
        return Progress.of((ObjectNode) Json.mapper().readTree(json), false);
    }

    static JsonText config(String json) {
        return new JsonText(json);
    }
}
