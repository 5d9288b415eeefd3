package dev.headway.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that cannot be trained, and what is said of each. */
class TrainingFailureTest {
    @TempDir
    private Path directory = Path.of(".");

    private Job job = new Job(Path.of("."));

    @BeforeEach
    void makeTheJob() throws IOException {
        job = new Job(directory).write();
    }

    @Test
    void failsWithTheReasonWhenTheTrainingDiverges() throws IOException {
        job.training(training -> training.put("learning_rate", 1e30).put("max_grad_norm", 0));

        assertThat(job.train()).isEqualTo(1);

        assertThat(job.printed().lines().reduce((first, second) -> second))
                .get()
                .asString()
                .matches("ERROR: Training failed: the (loss|gradient norm) is not finite \\(.*\\) at step 2; .*");
        assertThat(job.progress().path("grad_norm").isNull()).isTrue();
        assertThat(job.progress().path("error_message").asString()).contains("is not finite (");
        assertThat(Files.readString(job.output().resolve("progress.json"))).doesNotContainPattern(":\\s*NaN");
    }

    @Test
    void failsWithTheReasonForAModelNobodyKnows() {
        job.with(config -> config.withObjectProperty("model").put("name", "gpt2"));

        assertThat(job.train()).isEqualTo(1);

        assertThat(job.printed())
                .contains("ERROR: Training failed: the model \"gpt2\" is neither one of headway/nano, headway/micro,"
                        + " headway/mini nor a directory with a model in it");
    }

    @Test
    void failsWithTheReasonForABrokenDataset() throws IOException {
        Files.writeString(job.data(), "{\"prompt\":\"1\"}\n");

        assertThat(job.train()).isEqualTo(1);

        assertThat(job.printed())
                .contains("ERROR: Training failed: the data set " + job.data()
                        + " cannot be used: line 1 has a prompt but no response; found keys: [prompt]");
    }

    @Test
    void failsWithTheReasonForACheckpointThatIsNone() throws IOException {
        Files.createDirectories(job.output().resolve("checkpoint-3"));
        job.with(config -> config.put("resume_from_checkpoint", "checkpoint-3"));

        assertThat(job.train()).isEqualTo(1);

        assertThat(job.printed())
                .contains("ERROR: Training failed: " + job.output().resolve("checkpoint-3"));
    }

    @Test
    void failsWithTheReasonForACheckpointOfAnotherModel() {
        assertThat(job.train()).as(job.printed()).isZero();
        job.with(config -> config.put("resume_from_checkpoint", true)
                .withObjectProperty("model")
                .put("name", "headway/micro"));

        assertThat(job.train()).isEqualTo(1);

        assertThat(job.printed()).contains("checkpoint-6 is of another model than headway/micro");
    }

    @Test
    void failsWithTheReasonForAMissingOrBrokenConfiguration() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"training\":");

        assertThat(job.run("--config", broken.toString(), "--execution-id", "1"))
                .isEqualTo(1);
        assertThat(job.run("--config", "/nowhere.json", "--execution-id", "1")).isEqualTo(1);

        assertThat(job.printed())
                .contains("ERROR: Training failed: cannot read " + broken + ": not JSON: ")
                .contains("ERROR: Training failed: cannot read /nowhere.json: there is no such file");
    }
}
