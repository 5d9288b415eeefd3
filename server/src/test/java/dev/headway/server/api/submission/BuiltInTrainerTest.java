package dev.headway.server.api.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class BuiltInTrainerTest {
    @TempDir
    Path temporary;

    private Path root;
    private BuiltInTrainer trainer;

    @BeforeEach
    void openRoot() throws IOException {
        root = Files.createDirectory(temporary.resolve("root"));
        trainer = new BuiltInTrainer(new AllowedRoots(List.of(root)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"headway/nano", "headway/micro", "headway/mini"})
    void hasThreeModelsOfItsOwn(String model) {
        assertThatCode(() -> trainer.require(config(model, "sft"))).doesNotThrowAnyException();
        assertThatCode(() -> trainer.require(config(model, "cpt"))).doesNotThrowAnyException();
    }

    @Test
    void goesOnWithAModelThatItHasMadeBefore() throws IOException {
        Path model = model(root.resolve("job_1"));

        assertThatCode(() -> trainer.require(config(model.toString(), "sft"))).doesNotThrowAnyException();
    }

    @Test
    void saysWhichModelsItHasAndHowToSetAnotherTrainer() {
        assertThat(refused("Qwen/Qwen3-1.7B", "sft"))
                .isEqualTo(
                        "{\"detail\":\"Configuration validation failed: model.name 'Qwen/Qwen3-1.7B' is not a model of"
                                + " the built-in trainer, which has headway/nano, headway/micro, headway/mini and absolute paths"
                                + " of directories with its earlier output inside FILESYSTEM_ALLOWED_PATHS. To train others, set"
                                + " TRAINER_COMMAND to a trainer of your own, for example TRAINER_COMMAND=\\\"python3 train.py"
                                + " --config {config} --execution-id {job_id}\\\".\"}");
    }

    @Test
    void saysWhichMethodsItHas() {
        assertThat(refused("headway/nano", "dpo"))
                .contains("training.method 'dpo' is not a method of the built-in trainer, which has sft and cpt.")
                .contains("TRAINER_COMMAND");
    }

    @Test
    void refusesDirectoriesThatAreOutsideOrHoldNoModel() throws IOException {
        Path outside = model(temporary.resolve("outside"));
        Path empty = Files.createDirectory(root.resolve("empty"));
        Files.createSymbolicLink(root.resolve("link"), outside);

        for (Path path : List.of(outside, empty, root.resolve("link"), root.resolve("absent"))) {
            assertThat(refused(path.toString(), "sft")).contains("is not a model of the built-in trainer");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"resume_from_checkpoint\":true}",
                "{\"resume_from_checkpoint\":\"latest\"}",
                "{\"resume_from_checkpoint\":\"ROOT/job_1/checkpoint-3\"}",
                "{\"training\":{\"resume_from_checkpoint\":\"ROOT/job_1/checkpoint-3\"}}",
            })
    void goesOnFromCheckpointsInsideTheRoots(String config) {
        assertThatCode(() -> trainer.requireCheckpoint(tree(config))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resume_from_checkpoint\":\"/etc\"}",
                "{\"resume_from_checkpoint\":\"checkpoint-3\"}",
                "{\"training\":{\"resume_from_checkpoint\":\"ROOT/../x\"}}",
            })
    void refusesCheckpointsOutside(String config) {
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> trainer.requireCheckpoint(tree(config)));

        assertThat(problem.response().status()).isEqualTo(400);
        assertThat(problem.response().body().text())
                .startsWith(
                        "{\"detail\":\"Configuration validation failed: resume_from_checkpoint cannot be used: path '")
                .endsWith("accepted are absolute paths inside FILESYSTEM_ALLOWED_PATHS\"}");
    }

    private ObjectNode tree(String config) {
        return (ObjectNode) Json.mapper().readTree(config.replace("ROOT", root.toString()));
    }

    private static Path model(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.createFile(directory.resolve("config.json"));
        Files.createFile(directory.resolve("model.safetensors"));
        return directory;
    }

    private String refused(String model, String method) {
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> trainer.require(config(model, method)));
        assertThat(problem.response().status()).isEqualTo(400);
        return problem.response().body().text();
    }

    private static CheckedConfig config(String model, String method) {
        return new CheckedConfig(model, method, List.of());
    }
}
