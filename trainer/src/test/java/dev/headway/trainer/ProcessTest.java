package dev.headway.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends real signals to real trainers. */
class ProcessTest {
    private static final int STEPS = 60;

    @TempDir
    private Path directory = Path.of(".");

    @AfterEach
    void endWhatIsLeft() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void givesTheSameLossesPausedBySigtermAndResumedAsNeverPaused() throws Exception {
        Job straight = job("straight");
        assertThat(exitCode(straight.start())).as(log(straight)).isZero();
        Job paused = job("paused");
        Process trainer = paused.start();
        Await.until("the trainer has done some steps", () -> paused.currentStep() >= 3);

        trainer.destroy();
        trainer.destroy();

        assertThat(exitCode(trainer)).as(log(paused)).isEqualTo(143);
        assertThat(paused.hasCrashed()).isFalse();
        assertThat(paused.progress().path("status").asString()).isEqualTo("running");
        paused.with(config -> config.put("resume_from_checkpoint", true));
        assertThat(exitCode(paused.start())).as(log(paused)).isZero();
        assertThat(paused.losses(STEPS)).isEqualTo(straight.losses(STEPS)).hasSize(STEPS);
        assertThat(paused.weights()).isEqualTo(straight.weights());
    }

    @Test
    void leavesAUsableCheckpointWhenKilledWhileWritingAnother() throws Exception {
        Job job = job("killed");
        job.training(training -> training.put("save_steps", 1).put("save_total_limit", 3));
        Process trainer = job.start();
        Await.until("there is a checkpoint and another is being written", () -> isWriting(job));

        trainer.destroyForcibly();

        assertThat(exitCode(trainer)).isEqualTo(137);
        job.with(config -> config.put("resume_from_checkpoint", true));
        assertThat(exitCode(job.start())).as(log(job)).isZero();
        assertThat(job.progress().path("status").asString()).isEqualTo("completed");
        assertThat(job.losses(STEPS)).hasSize(STEPS);
        assertThat(job.checkpoints()).containsExactly("checkpoint-58", "checkpoint-59", "checkpoint-60");
    }

    private Job job(String name) throws IOException {
        Job job = new Job(directory.resolve(name)).write();
        job.training(training -> training.put("max_steps", STEPS).put("save_steps", 1000));
        return job;
    }

    private static boolean isWriting(Job job) {
        try {
            boolean isWritten = job.checkpoints().stream().anyMatch(name -> name.startsWith("checkpoint-"));
            return isWritten && job.checkpoints().stream().anyMatch(name -> name.endsWith(".tmp"));
        } catch (IOException theDirectoryIsChanging) {
            return false;
        }
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private static String log(Job job) throws IOException {
        return Files.exists(job.log()) ? Files.readString(job.log()) : "nothing printed";
    }
}
