package dev.headway.server.api.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.server.api.wire.WireTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * A job as clients see it: the 41 keys of contract B1.9, in their order; an immutable value.
 *
 * <p>Jobs run on one machine and their hyperparameters are not changed on the way, so the number of GPUs, the strategy of
 * distribution and the updates of parameters are always the same here. Clients expect the keys.
 */
record JobStatus(
        String jobId,
        String userId,
        String status,
        JsonNode progress,
        JsonNode currentEpoch,
        JsonNode totalEpochs,
        JsonNode currentStep,
        JsonNode totalSteps,
        JsonNode loss,
        JsonNode evalLoss,
        JsonNode learningRate,
        JsonNode maxLearningRate,
        JsonNode batchSize,
        JsonNode gradientAccumulationSteps,
        JsonNode gradNorm,
        JsonNode gpuMemoryAllocatedGb,
        JsonNode gpuMemoryReservedGb,
        JsonNode elapsedSeconds,
        JsonNode remainingSeconds,
        JsonNode samplesPerSecond,
        Optional<String> errorMessage,
        String startedAt,
        Optional<String> completedAt,
        Optional<String> updatedAt,
        JsonNode perplexity,
        JsonNode trainPerplexity,
        JsonNode bestEvalLoss,
        JsonNode bestEpoch,
        JsonNode bestStep,
        JsonNode epochsWithoutImprovement,
        Optional<String> lossTrend,
        JsonNode totalSamples,
        JsonNode trainSamples,
        JsonNode valSamples,
        JsonNode totalTokensProcessed,
        Optional<String> resumeFromCheckpoint,
        int numGpus,
        String distributedStrategy,
        List<JsonNode> parameterUpdates,
        Optional<String> lastParameterUpdateAt,
        OptionalLong processPid) {
    static JobStatus of(Job job) {
        ProgressFields progress = ProgressFields.of(job);
        Instant started = job.startedAt().orElse(job.submittedAt());
        return new JobStatus(
                job.id().text(),
                job.userId(),
                job.state().wireName(),
                progress.percent(),
                progress.count("current_epoch"),
                progress.count("total_epochs"),
                progress.count("current_step"),
                progress.count("total_steps"),
                progress.number("train_loss"),
                progress.number("eval_loss"),
                progress.number("learning_rate"),
                progress.setting("learning_rate"),
                progress.numberOrSetting("batch_size"),
                progress.numberOrSetting("gradient_accumulation_steps"),
                progress.number("grad_norm"),
                progress.number("gpu_memory_allocated_gb"),
                progress.number("gpu_memory_reserved_gb"),
                progress.number("elapsed_seconds"),
                progress.number("remaining_seconds"),
                progress.number("samples_per_second"),
                job.errorMessage(),
                WireTime.utc(started),
                job.completedAt().map(WireTime::utc),
                job.updatedAt().map(WireTime::utc),
                progress.number("perplexity"),
                progress.number("train_perplexity"),
                progress.number("best_eval_loss"),
                progress.count("best_epoch"),
                progress.count("best_step"),
                progress.count("epochs_without_improvement"),
                progress.text("loss_trend"),
                progress.count("total_samples"),
                progress.count("train_samples"),
                progress.count("val_samples"),
                progress.count("total_tokens_processed"),
                job.resumeFrom(),
                1,
                "none",
                List.of(),
                Optional.empty(),
                job.pid());
    }
}
