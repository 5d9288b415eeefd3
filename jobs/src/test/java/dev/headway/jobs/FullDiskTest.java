package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.run.TrainerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A disk that is really full: a file system of a few megabytes, for which one has to be root; skipped otherwise. */
class FullDiskTest {
    private static final JobId A = new JobId("a");

    @TempDir
    Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(directory.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()) == 0, "may not mount");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    @Test
    void refusesAJobThatDoesNotFitAndKeepsNothingOfIt() throws IOException {
        try (JobEngine engine = open("true")) {
            assertThatThrownBy(() -> engine.submit(request("x".repeat(8 << 20))))
                    .isInstanceOf(JobNotStored.class)
                    .hasMessageContaining("No space left on device");

            assertThat(engine.find(A)).isEmpty();
            assertThat(filesOfTheJob()).isEmpty();
            assertThat(engine.submit(request("small"))).isInstanceOf(Submission.Accepted.class);
        }
    }

    @Test
    void learnsTheExitCodeOfATrainerThatFilledTheDisk() {
        try (JobEngine engine = open("dd if=/dev/zero of=" + disk + "/filler bs=4k 2>/dev/null; exit 7")) {
            engine.start();
            engine.submit(request("small"));

            Await.until("a full disk", () -> disk.toFile().getUsableSpace() == 0);
            Await.until("the trainer's end", () -> exitCodeIsWritten());
            assertThat(disk.resolve("filler").toFile().delete()).isTrue();

            Await.until("the end", () -> engine.find(A).orElseThrow().state().isFinished());
            assertThat(engine.find(A)).hasValueSatisfying(job -> {
                assertThat(job.state()).isEqualTo(JobState.FAILED);
                assertThat(job.errorMessage()).contains("Training process exited with code 7");
            });
        }
    }

    private boolean exitCodeIsWritten() {
        return Files.exists(disk.resolve("attempts/job_a/exit-code"));
    }

    private JobEngine open(String trainer) {
        TrainerSettings settings = new TrainerSettings(
                TrainerCommand.ofWords(List.of("sh", "-c", trainer)), directory, Map.of(), Set.of(), Map.of());
        return JobEngine.open(EngineSettings.of(disk, settings), Clock.systemUTC());
    }

    private static JobRequest request(String text) {
        JsonNode example = new JsonText("{\"text\":\"" + text + "\"}").tree();
        return new JobRequest(
                Optional.of(A), "ann", Optional.empty(), JsonText.EMPTY, new Dataset.Examples(List.of(example)));
    }

    private List<Path> filesOfTheJob() throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            return files.filter(file ->
                            file.toString().contains("job_a") || file.toString().contains(".new-"))
                    .toList();
        }
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
