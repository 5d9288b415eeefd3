package dev.headway.jobs;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JsonText;
import java.util.Optional;

/**
 * What a user asks for when submitting a job. Immutable.
 *
 * @param id the name that the job shall have; the engine makes one up otherwise
 * @param userId who asks
 * @param name what people call the job; the engine derives one from the id otherwise
 * @param config the config, already checked
 * @param dataset what the trainer learns from
 */
public record JobRequest(Optional<JobId> id, String userId, Optional<String> name, JsonText config, Dataset dataset) {}
