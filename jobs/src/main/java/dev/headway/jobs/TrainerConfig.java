package dev.headway.jobs;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JsonText;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** Completes the config of a request for the trainer. Stateless. */
final class TrainerConfig {
    private TrainerConfig() {}

    /** The user's config, then where things are, then what the trainers expect to be there. */
    static JsonText complete(JsonText requested, JobId id, String dataset, Path output, double evalSplit) {
        ObjectNode config = requested.tree();
        config.put("dataset_path", dataset);
        config.put("output_dir", output.toString());
        config.put("execution_id", id.text());
        if (!config.has("eval_split")) {
            config.put("eval_split", evalSplit);
        }
        if (config.get("training") instanceof ObjectNode training) {
            completeTraining(training);
        }
        return JsonText.of(config);
    }

    private static void completeTraining(ObjectNode training) {
        if (!training.has("pretokenize")) {
            training.put("pretokenize", true);
        }
        if (!training.has("dataloader_num_workers")) {
            training.put("dataloader_num_workers", 0);
        }
        if (training.path("dataloader_num_workers").asInt(-1) == 0) {
            training.putNull("dataloader_prefetch_factor");
        }
    }
}
