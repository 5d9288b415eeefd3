package dev.headway.trainer.config;

import dev.headway.trainer.failure.UnusableConfig;
import dev.headway.trainer.files.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole job, as its configuration file asks for it; a value, any thread may hold it.
 *
 * <p>One that exists is valid. Real configurations carry many keys that concern other trainers or other machines
 * (quantization, LoRA, bfloat16); none of them is a reason to refuse, all of them are named in {@link #notHonoured} so
 * that the log can say what was left out.
 *
 * @param model a built-in name or a directory
 * @param method what is learnt
 * @param seed from which initial weights and data order follow
 * @param output the directory for progress, checkpoints and the finished model
 * @param data the data set
 * @param batches how rows are put together
 * @param length how long the run is
 * @param optimizer how far weights move
 * @param schedule how the learning rate moves
 * @param cadences when to log, evaluate and save
 * @param earlyStopping when to end early, if at all
 * @param loadBestAtEnd whether the finished model is the best checkpoint instead of the last state
 * @param resume where to begin
 * @param notHonoured the keys that ask for something this trainer does not do
 */
public record JobConfig(
        String model,
        Method method,
        long seed,
        Path output,
        DataSettings data,
        BatchSettings batches,
        LengthSettings length,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        CadenceSettings cadences,
        Optional<EarlyStoppingSettings> earlyStopping,
        boolean loadBestAtEnd,
        Resume resume,
        List<String> notHonoured) {

    /** Reads a configuration file; throws {@link UnusableConfig} with everything that is wrong in it. */
    public static JobConfig read(Path file) {
        return parse(Json.readObject(file), file.toString());
    }

    /** Reads a configuration from JSON, naming {@code where} it is from in what it complains about. */
    public static JobConfig parse(ObjectNode json, String where) {
        List<String> problems = new ArrayList<>();
        JobConfig config = read(Section.root(json, problems));
        if (!problems.isEmpty()) throw new UnusableConfig(where, problems);
        return config;
    }

    private static JobConfig read(Section root) {
        Section model = root.child("model");
        Section training = root.child("training");
        Section data = root.child("data");
        Section output = root.child("output");
        Section evaluation = root.child("evaluation");
        if (!model.has("name")) model.complainMissing("name");
        if (!root.has("output_dir")) root.complainMissing("output_dir");
        root.find("execution_id");
        training.find("pretokenize"); // Every data set is, before the first step.
        JobConfig config = new JobConfig(
                model.text("name", ""),
                method(training),
                seed(root, training),
                Path.of(root.text("output_dir", ".")),
                DataSettings.read(root, data),
                BatchSettings.read(training),
                LengthSettings.read(training),
                OptimizerSettings.read(training),
                ScheduleSettings.read(training),
                CadenceSettings.read(training, output, evaluation),
                EarlyStoppingSettings.read(training),
                training.flag("load_best_model_at_end", false),
                resume(root, training),
                List.of());
        return config.without(ignored(List.of(root, model, training, data, output, evaluation)));
    }

    private static List<String> ignored(List<Section> sections) {
        return sections.stream().flatMap(section -> section.ignored().stream()).toList();
    }

    private JobConfig without(List<String> ignored) {
        return new JobConfig(
                model,
                method,
                seed,
                output,
                data,
                batches,
                length,
                optimizer,
                schedule,
                cadences,
                earlyStopping,
                loadBestAtEnd,
                resume,
                ignored);
    }

    private static Method method(Section training) {
        String name = training.text("method", "");
        if (name.isEmpty()) {
            training.complainMissing("method");
            return Method.SFT;
        }
        return Method.find(name).orElseGet(() -> {
            JsonNode seen = training.find("method").orElseThrow();
            training.complain("method", seen, "sft or cpt, which is what the built-in trainer does");
            return Method.SFT;
        });
    }

    private static long seed(Section root, Section training) {
        Section section = training.has("seed") ? training : root;
        return section.whole("seed", 42, seed -> true, "a whole number");
    }

    private static Resume resume(Section root, Section training) {
        Section section = root.has("resume_from_checkpoint") ? root : training;
        return section.find("resume_from_checkpoint")
                .map(value -> resume(section, value))
                .orElseGet(Resume.Afresh::new);
    }

    private static Resume resume(Section section, JsonNode value) {
        if (value.isBoolean()) return value.booleanValue() ? new Resume.FromNewest() : new Resume.Afresh();
        if (value.isString() && value.stringValue().equals("latest")) return new Resume.FromNewest();
        if (value.isString()) return new Resume.FromCheckpoint(value.stringValue());
        section.complain("resume_from_checkpoint", value, "a path, true, false or \"latest\"");
        return new Resume.Afresh();
    }
}
