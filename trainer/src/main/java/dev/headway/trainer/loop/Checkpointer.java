package dev.headway.trainer.loop;

import dev.headway.trainer.checkpoint.CheckpointStore;
import dev.headway.trainer.checkpoint.ModelDirectory;
import dev.headway.trainer.config.Cadence;
import dev.headway.trainer.config.JobConfig;
import dev.headway.trainer.failure.UnusableCheckpoint;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.files.WholeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes checkpoints and reads the run's state from them. For one thread.
 *
 * <p>A checkpoint is a model directory with two files more: the optimizer's moments, and {@code trainer_state.json},
 * which has the keys that the transformers library writes there, and one key of ours that holds what a resume needs.
 */
final class Checkpointer {
    private static final String STATE = "trainer_state.json";
    private static final String OURS = "headway";

    private final JobConfig config;
    private final RunPlan plan;
    private final CheckpointStore store;
    private final Surroundings surroundings;

    Checkpointer(JobConfig config, RunPlan plan, CheckpointStore store, Surroundings surroundings) {
        this.config = config;
        this.plan = plan;
        this.store = store;
        this.surroundings = surroundings;
    }

    /** Reads the state a checkpoint was written with; throws {@link UnusableCheckpoint} when it holds none of ours. */
    static RunState readState(Path checkpoint) {
        ObjectNode document = readDocument(checkpoint);
        return RunState.parse(document.path(OURS), document.path("log_history"));
    }

    /** Reads in what surroundings a checkpoint was written. */
    static Surroundings readSurroundings(Path checkpoint) {
        return Surroundings.parse(readDocument(checkpoint).path(OURS).path("surroundings"));
    }

    private static ObjectNode readDocument(Path checkpoint) {
        Path file = checkpoint.resolve(STATE);
        if (!ModelDirectory.isModel(checkpoint) || !Files.isRegularFile(file))
            throw new UnusableCheckpoint(checkpoint + " is not a checkpoint: it needs a model and " + STATE);
        ObjectNode document = Json.readObject(file);
        if (document.path(OURS).isObject()) return document;
        throw new UnusableCheckpoint(file + " was not written by this trainer: it has no \"" + OURS + "\"");
    }

    /** Returns where the checkpoint of a step is, if it is there. */
    Optional<Path> find(long step) {
        return Optional.of(store.path(step)).filter(ModelDirectory::isModel);
    }

    /** Writes a checkpoint of the present state, then deletes those beyond the limit. */
    Path save(Learner learner, RunState state, double seconds) {
        state.logStep(plan.epoch(state.step()));
        Path checkpoint = store.write(state.step(), directory -> {
            learner.save(directory);
            WholeFiles.durably(directory.resolve(STATE), Json.pretty(document(state, seconds)));
        });
        store.prune(state.step(), state.bestStep());
        return checkpoint;
    }

    private ObjectNode document(RunState state, double seconds) {
        ObjectNode json = Json.object();
        json.set(
                "best_metric",
                state.best().map(best -> Json.number(best.loss())).orElseGet(Json::nothing));
        json.put("best_global_step", state.bestStep().orElse(0));
        state.bestStep()
                .ifPresentOrElse(
                        step -> json.put(
                                "best_model_checkpoint", store.path(step).toString()),
                        () -> json.putNull("best_model_checkpoint"));
        json.set("epoch", Json.number(plan.epoch(state.step())));
        json.put("global_step", state.step());
        json.put("eval_steps", steps(config.cadences().evaluation()));
        json.put("logging_steps", config.cadences().logging());
        json.put("save_steps", steps(config.cadences().saving()));
        json.put("max_steps", plan.totalSteps());
        json.put("num_train_epochs", plan.totalEpochs());
        json.put("num_input_tokens_seen", state.tokens());
        json.put("train_batch_size", config.batches().batchSize());
        json.put("is_local_process_zero", true).put("is_world_process_zero", true);
        json.set("log_history", state.log());
        ObjectNode ours = state.toJson(seconds);
        ours.set("surroundings", surroundings.toJson());
        json.set(OURS, ours);
        return json;
    }

    private long steps(Cadence cadence) {
        if (cadence instanceof Cadence.EverySteps every) return every.steps();
        return cadence instanceof Cadence.EveryEpoch ? plan.stepsPerEpoch() : 0;
    }
}
