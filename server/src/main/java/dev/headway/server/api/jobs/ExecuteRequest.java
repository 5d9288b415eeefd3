package dev.headway.server.api.jobs;

import dev.headway.jobs.job.InvalidJobId;
import dev.headway.jobs.job.JobId;
import dev.headway.server.api.schema.BodyFields;
import dev.headway.server.http.Request;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of an execute request; an immutable value, as long as its config is left alone.
 *
 * @param config the training config, not yet checked
 * @param executionId the name that the job shall have; empty when the server shall make one up
 * @param userId who asks
 * @param datasetPath where the dataset lies, or empty
 * @param name what people shall call the job
 * @param datasetContent the dataset itself, or empty
 */
record ExecuteRequest(
        ObjectNode config,
        String executionId,
        String userId,
        String datasetPath,
        Optional<String> name,
        String datasetContent) {
    static ExecuteRequest read(Request request) {
        BodyFields fields = BodyFields.of(request);
        ExecuteRequest wanted = new ExecuteRequest(
                fields.object("config"),
                fields.string("execution_id"),
                fields.label("user_id"),
                fields.string("dataset_path", ""),
                fields.optionalLabel("name").filter(Predicate.not(String::isBlank)),
                fields.optionalString("dataset_content").orElse(""));
        fields.check();
        return wanted;
    }

    /**
     * Finds the name that the client has chosen for the job.
     *
     * @throws InvalidJobId if no job can have it
     */
    Optional<JobId> id() {
        return executionId.isEmpty() ? Optional.empty() : Optional.of(JobId.parse(executionId));
    }
}
