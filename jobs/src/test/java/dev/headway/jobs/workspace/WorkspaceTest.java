package dev.headway.jobs.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    private static final JobId JOB = new JobId("a..b");

    @TempDir
    Path directory;

    @Test
    void placesEverythingOfAJobUnderItsName() {
        Workspace workspace = new Workspace(Path.of("/data"), FileNames.DEFAULT);

        assertThat(workspace.config(JOB)).hasToString("/data/configs/job_a..b.json");
        assertThat(workspace.log(JOB)).hasToString("/data/logs/job_a..b.log");
        assertThat(workspace.output(JOB)).hasToString("/data/logs/job_a..b");
        assertThat(workspace.progress(JOB)).hasToString("/data/logs/job_a..b/progress.json");
        assertThat(workspace.dataset(JOB)).hasToString("/data/logs/datasets/job_a..b/train_dataset.jsonl");
        assertThat(workspace.checkpoint(JOB, "checkpoint-1")).hasToString("/data/logs/job_a..b/checkpoint-1");
    }

    @Test
    void takesItsNamesFromTheSettings() {
        Workspace workspace = new Workspace(Path.of("/data"), new FileNames("c", "l", "p.json", "s.json"));

        assertThat(workspace.config(JOB)).hasToString("/data/c/job_a..b.json");
        assertThat(workspace.progress(JOB)).hasToString("/data/l/job_a..b/p.json");
        assertThat(workspace.trainerState(Path.of("/x"))).hasToString("/x/s.json");
    }

    @Test
    void refusesCheckpointsThatAreNotASingleName() {
        Workspace workspace = new Workspace(directory, FileNames.DEFAULT);

        for (String name : List.of("", ".", "..", "a/b", "../job_b", "a\\b", "a\0b")) {
            assertThatThrownBy(() -> workspace.checkpoint(JOB, name))
                    .isInstanceOfSatisfying(
                            PathRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(PathRefused.Reason.NOT_A_NAME));
        }
        assertThatThrownBy(() -> new FileNames("../etc", "l", "p", "s"))
                .isInstanceOf(PathRefused.class)
                .hasMessageContaining("CONFIG_DIR_NAME");
    }

    @Test
    void leavesTheOldFileWhenTheNewOneCannotBeWritten() throws IOException {
        Path file = directory.resolve("some/where/config.json");
        DurableFiles.write(file, out -> out.write('1'));

        assertThatThrownBy(() -> DurableFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        assertThat(file).hasContent("1");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }
}
