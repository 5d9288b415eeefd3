package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.FileNames;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {
    private static final JobId JOB = new JobId("a");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private Workspace workspace;
    private CheckpointDirectory checkpoints;

    @BeforeEach
    void open() {
        workspace = new Workspace(directory, FileNames.DEFAULT);
        checkpoints = CheckpointDirectory.of(workspace, JOB);
    }

    @Test
    void findsNoListWhereThereIsNoDirectory() {
        assertThat(checkpoints.list()).isEmpty();
        assertThat(checkpoints.lastPath()).isEmpty();
    }

    @Test
    void listsCheckpointsByDescendingStepAndSkipsOtherNames() throws IOException {
        Files.createDirectories(workspace.output(JOB));
        assertThat(checkpoints.list()).hasValue(List.of());
        for (String name : List.of(
                "checkpoint-9",
                "checkpoint-10",
                "checkpoint-epoch-2-step-30",
                "checkpoint-10_merged",
                "checkpoint-20_draft",
                "checkpoint-",
                "checkpoint-x",
                ".checkpoint-50",
                "checkpoint-60.tmp",
                "model")) {
            make(name, "{}", NOON);
        }
        Files.writeString(workspace.checkpoint(JOB, "checkpoint-70"), "a file");

        assertThat(checkpoints.list().orElseThrow())
                .extracting(Checkpoint::name)
                .containsExactly("checkpoint-epoch-2-step-30", "checkpoint-10", "checkpoint-10_merged", "checkpoint-9");
        assertThat(checkpoints.lastPath())
                .hasValueSatisfying(path -> assertThat(path).endsWith("/checkpoint-epoch-2-step-30"));
    }

    @Test
    void resumesAlsoFromOneThatIsNotShown() throws IOException {
        make("checkpoint-10", "{}", NOON);
        make("checkpoint-20_draft", "{}", NOON);

        assertThat(checkpoints.list().orElseThrow())
                .extracting(Checkpoint::name)
                .containsExactly("checkpoint-10");
        assertThat(checkpoints.lastPath())
                .hasValueSatisfying(path -> assertThat(path).endsWith("/checkpoint-20_draft"));
    }

    @Test
    void readsNumbersOfTheTrainerThatNoDoubleHoldsAsAbsent() throws IOException {
        String large = "1" + "0".repeat(400);
        make(
                "checkpoint-10",
                "{\"epoch\":" + large + ",\"log_history\":[{\"step\":" + large + "},{\"step\":10,\"eval_loss\":" + large
                        + "}]}",
                NOON);

        Checkpoint read = checkpoints.list().orElseThrow().get(0);

        assertThat(read.epoch()).isEmpty();
        assertThat(read.evalLoss()).isEmpty();
    }

    @Test
    void resumesFromThePlainOneOfTwoAtTheSameStep() throws IOException {
        make("checkpoint-10_merged", "{}", NOON);
        make("checkpoint-10", "{}", NOON);

        assertThat(checkpoints.lastPath())
                .hasValueSatisfying(path -> assertThat(path).endsWith("/checkpoint-10"));
    }

    @Test
    void readsEpochAndLossesFromTheTrainersState() throws IOException {
        make(
                "checkpoint-20",
                "{\"epoch\":0.5,\"log_history\":["
                        + "{\"step\":10,\"loss\":9,\"eval_loss\":9},{\"step\":20,\"loss\":0.25},"
                        + "{\"step\":20,\"eval_loss\":0.11},{\"step\":30,\"eval_loss\":7}]}",
                NOON);

        Checkpoint checkpoint = checkpoints.list().orElseThrow().get(0);

        assertThat(checkpoint.epoch()).hasValue(0.5);
        assertThat(checkpoint.evalLoss()).hasValue(0.11);
        assertThat(checkpoint.trainLoss()).isEmpty();
        assertThat(checkpoint.createdAt()).isEqualTo(NOON);
        assertThat(checkpoint.sizeBytes())
                .isEqualTo(Files.size(workspace.trainerState(workspace.checkpoint(JOB, "checkpoint-20"))));
    }

    @Test
    void takesTheTrainingLossOfTheEntriesItGoesThrough() throws IOException {
        make("checkpoint-20", "{\"log_history\":[{\"step\":20,\"eval_loss\":0.5},{\"step\":20,\"loss\":0.25}]}", NOON);

        assertThat(checkpoints.list().orElseThrow().get(0).trainLoss()).hasValue(0.25);
    }

    @Test
    void doesWithoutAStateThatIsBroken() throws IOException {
        make("checkpoint-epoch-3-step-20", "{\"epoch\":", NOON);

        Checkpoint checkpoint = checkpoints.list().orElseThrow().get(0);

        assertThat(checkpoint.epoch()).hasValue(3);
        assertThat(checkpoint.evalLoss()).isEmpty();
        assertThat(checkpoint.best()).isFalse();
        assertThat(checkpoint.latest()).isTrue();
    }

    @Test
    void marksTheBestAndTheLatest() throws IOException {
        make("checkpoint-1", history(1, 0.5), NOON.plusSeconds(9));
        make("checkpoint-2", history(2, 0.2), NOON);
        make("checkpoint-3", "{\"log_history\":[{\"step\":3,\"eval_loss\":NaN}]}", NOON.plusSeconds(1));

        List<Checkpoint> list = checkpoints.list().orElseThrow();

        assertThat(list)
                .filteredOn(Checkpoint::best)
                .extracting(Checkpoint::name)
                .containsExactly("checkpoint-2");
        assertThat(list)
                .filteredOn(Checkpoint::latest)
                .extracting(Checkpoint::name)
                .containsExactly("checkpoint-1");
    }

    @Test
    void scoresLossGapAndPerplexity() {
        assertThat(CheckpointDirectory.score(checkpoint(1.0, 0.6)))
                .isCloseTo(0.5 + 0.3 * 0.4 + 0.1 * Math.E / 20 - 0.1, within(1e-12));
        assertThat(CheckpointDirectory.score(checkpoint(5.0, 5.0))).isCloseTo(2.5 + 0.1 - 0.1, within(1e-12));
        assertThat(CheckpointDirectory.score(checkpoint(0.0, 0.001))).isCloseTo(0.3 + 0.005 - 0.1, within(1e-12));
    }

    private static Checkpoint checkpoint(double evalLoss, double trainLoss) {
        return new Checkpoint(
                "checkpoint-1",
                OptionalDouble.empty(),
                1,
                OptionalDouble.of(evalLoss),
                OptionalDouble.of(trainLoss),
                0,
                NOON,
                false,
                false);
    }

    private static String history(int step, double evalLoss) {
        return "{\"log_history\":[{\"step\":" + step + ",\"eval_loss\":" + evalLoss + "}]}";
    }

    private void make(String name, String state, Instant written) throws IOException {
        Path checkpoint = Files.createDirectories(workspace.output(JOB).resolve(name));
        Files.writeString(workspace.trainerState(checkpoint), state);
        Files.setLastModifiedTime(checkpoint, FileTime.from(written));
    }
}
