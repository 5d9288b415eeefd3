package dev.headway.trainer.loop;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.checkpoint.CheckpointStore;
import dev.headway.trainer.checkpoint.ModelDirectory;
import dev.headway.trainer.config.JobConfig;
import dev.headway.trainer.config.Resume;
import dev.headway.trainer.data.BatchOrder;
import dev.headway.trainer.data.Dataset;
import dev.headway.trainer.data.DatasetReader;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.failure.UnusableCheckpoint;
import dev.headway.trainer.failure.UnusableModel;
import dev.headway.trainer.files.WholeFiles;
import dev.headway.trainer.model.BuiltInModel;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.model.RandomStart;
import dev.headway.trainer.progress.ProgressFile;
import dev.headway.trainer.progress.RunLog;
import dev.headway.trainer.progress.Speed;
import dev.headway.trainer.progress.Stopwatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Prepares a run from its configuration (data, model, optimizer and state, new or from a checkpoint) and runs it.
 *
 * <p>For the thread that loads the engine, and no other.
 */
public final class Training {
    private static final String PART = "setup";

    private final JobConfig config;
    private final RunContext context;
    private final RunLog log;

    /** Makes a training; nothing is read yet. */
    public Training(JobConfig config, RunContext context) {
        this.config = config;
        this.context = context;
        this.log = context.log();
    }

    /** Runs to the end, or to a checkpoint when asked to stop; what fails is a {@code TrainerFailure}. */
    public Outcome run() {
        Stopwatch stopwatch = new Stopwatch(context.ticker());
        WholeFiles.makeDirectory(config.output());
        logLeftOut();
        CheckpointStore store =
                new CheckpointStore(config.output(), config.cadences().saveTotalLimit());
        store.sweep();
        Optional<Path> checkpoint = checkpoint(store);
        List<Example> examples = DatasetReader.read(config.data().dataset(), config.method());
        try (NDManager manager = NDManager.newBaseManager();
                LlamaModel model = model(checkpoint, manager)) {
            Dataset dataset = dataset(examples, model.shape().maxLength());
            return run(store, checkpoint, dataset, model, manager, stopwatch);
        }
    }

    private Outcome run(
            CheckpointStore store,
            Optional<Path> checkpoint,
            Dataset dataset,
            LlamaModel model,
            NDManager manager,
            Stopwatch stopwatch) {
        BatchOrder order = order(dataset);
        RunPlan plan = plan(order, dataset);
        Surroundings surroundings = new Surroundings(
                context.threads(), config.seed(), dataset.training().size(), plan.stepsPerEpoch(), plan.totalSteps());
        RunState state = checkpoint.map(Checkpointer::readState).orElseGet(RunState::new);
        Speed speed = new Speed();
        ProgressReport report = new ProgressReport(config, dataset, plan, state, speed, stopwatch, context.clock());
        try (Learner learner = new Learner(config, dataset, order, plan.totalSteps(), model, manager)) {
            checkpoint.ifPresent(path -> restore(learner, path, surroundings));
            return new Run(
                            config,
                            plan,
                            state,
                            learner,
                            new Checkpointer(config, plan, store, surroundings),
                            new Reporter(
                                    context,
                                    plan,
                                    state,
                                    speed,
                                    report,
                                    new ProgressFile(config.output(), context.ticker())),
                            context.stop(),
                            context.ticker())
                    .toEnd();
        }
    }

    private void logLeftOut() {
        if (config.notHonoured().isEmpty()) return;
        log.warn(PART, "not honoured by the built-in trainer: " + String.join(", ", config.notHonoured()));
    }

    private Optional<Path> checkpoint(CheckpointStore store) {
        if (config.resume() instanceof Resume.FromCheckpoint from) return Optional.of(store.require(from.checkpoint()));
        if (config.resume() instanceof Resume.Afresh) return Optional.empty();
        Optional<Path> newest = store.newest();
        if (newest.isEmpty()) log.warn(PART, "there is no checkpoint to resume from yet: starting at the beginning");
        return newest;
    }

    private LlamaModel model(Optional<Path> checkpoint, NDManager manager) {
        LlamaModel model = checkpoint.map(path -> resumed(path, manager)).orElseGet(() -> fresh(manager));
        log.info(
                PART,
                "model " + config.model() + ", " + model.weights().count() + " weights, " + context.threads()
                        + " threads");
        return model;
    }

    private LlamaModel resumed(Path checkpoint, NDManager manager) {
        LlamaModel model = ModelDirectory.load(checkpoint, manager);
        boolean isAnother = BuiltInModel.find(config.model())
                .filter(builtIn -> !builtIn.shape().equals(model.shape()))
                .isPresent();
        if (!isAnother) return model;
        model.close();
        throw new UnusableCheckpoint("the checkpoint " + checkpoint + " is of another model than " + config.model());
    }

    private LlamaModel fresh(NDManager manager) {
        Optional<BuiltInModel> builtIn = BuiltInModel.find(config.model());
        if (builtIn.isEmpty()) return loaded(manager);
        LlamaModel model = new LlamaModel(builtIn.get().shape(), manager);
        RandomStart.fill(model.weights(), model.shape(), config.seed());
        return model;
    }

    private LlamaModel loaded(NDManager manager) {
        Path directory = Path.of(config.model());
        if (!ModelDirectory.isModel(directory))
            throw new UnusableModel("the model \"" + config.model() + "\" is neither one of " + BuiltInModel.names()
                    + " nor a directory with a model in it");
        return ModelDirectory.load(directory, manager);
    }

    private Dataset dataset(List<Example> examples, int longest) {
        int maxLength = Math.min(config.batches().maxLength(), longest);
        if (maxLength < config.batches().maxLength())
            log.warn(
                    PART,
                    "max_length " + config.batches().maxLength() + " is more than the model's " + longest
                            + " tokens, which is used instead");
        Dataset dataset = Dataset.split(
                examples,
                config.data().evaluationShare(),
                config.seed(),
                maxLength,
                config.batches().packing());
        log.info(
                PART,
                dataset.training().size() + " rows to train on, "
                        + dataset.evaluation().size()
                        + " held out; " + dataset.cut() + " cut to " + maxLength + " tokens, " + dataset.dropped()
                        + " left out because nothing to learn was left");
        return dataset;
    }

    private BatchOrder order(Dataset dataset) {
        return new BatchOrder(
                dataset.training(),
                config.batches().batchSize(),
                config.batches().accumulation(),
                config.seed());
    }

    private RunPlan plan(BatchOrder order, Dataset dataset) {
        long stepsPerEpoch = order.stepsPerEpoch();
        return new RunPlan(
                config.length().totalSteps(stepsPerEpoch),
                stepsPerEpoch,
                config.cadences(),
                !dataset.evaluation().isEmpty());
    }

    private void restore(Learner learner, Path checkpoint, Surroundings surroundings) {
        learner.restoreOptimizer(checkpoint);
        log.info(PART, "resumed from " + checkpoint);
        List<String> differences = surroundings.differences(Checkpointer.readSurroundings(checkpoint));
        if (!differences.isEmpty())
            log.warn(
                    PART,
                    "the run goes on, but not as it would have without the pause: " + String.join(", ", differences));
    }
}
