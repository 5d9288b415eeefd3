package dev.headway.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.trainer.loop.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops a run at chosen places, goes on, and compares with a run that was never stopped. */
class PauseTest {
    @TempDir
    private Path directory = Path.of(".");

    private Job straight = new Job(Path.of("."));

    @BeforeEach
    void runStraight() throws IOException {
        straight = job("straight");
        assertThat(straight.train()).as(straight.printed()).isZero();
    }

    /** The questions fall before each of the two batches of a step and before each of the three of an evaluation. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 13, 20})
    void comesToTheSameEndWhereverItIsStopped(int question) throws IOException {
        Job paused = job("paused");

        assertThat(paused.train(stopAt(question))).as(paused.printed()).isEqualTo(143);
        assertThat(paused.progress().path("status").asString()).isEqualTo("running");
        paused.with(config -> config.put("resume_from_checkpoint", true));
        assertThat(paused.train()).as(paused.printed()).isZero();

        assertThat(paused.losses(6)).isEqualTo(straight.losses(6)).hasSize(6);
        assertThat(evaluations(paused)).isEqualTo(evaluations(straight)).hasSize(3);
        assertThat(paused.weights()).isEqualTo(straight.weights());
        assertThat(paused.progress().path("total_tokens_processed"))
                .isEqualTo(straight.progress().path("total_tokens_processed"));
        assertThat(paused.progress().path("metrics_history").size()).isEqualTo(6);
    }

    @Test
    void savesTheInitialWeightsWhenStoppedBeforeTheFirstStep() throws IOException {
        Job paused = job("paused");

        assertThat(paused.train(() -> true)).as(paused.printed()).isEqualTo(143);

        assertThat(paused.checkpoints()).containsExactly("checkpoint-0");
    }

    @Test
    void bearsBeingStoppedAgainAndAgain() throws IOException {
        Job paused = job("paused");
        paused.with(config -> config.put("resume_from_checkpoint", true));

        int runs = 0;
        while (paused.train(stopAt(6)) == 143) runs++;

        assertThat(runs).isBetween(2, 12);
        assertThat(paused.weights()).isEqualTo(straight.weights());
    }

    private Job job(String name) throws IOException {
        Job job = new Job(directory.resolve(name)).write();
        job.training(training -> training.put("gradient_accumulation_steps", 2)
                .put("lr_scheduler_type", "cosine")
                .put("eval_batch_size", 2)
                .put("evaluation_strategy", "steps")
                .put("eval_steps", 2));
        return job;
    }

    private static StopSignal stopAt(int question) {
        int[] asked = {0};
        return () -> ++asked[0] >= question;
    }

    private static List<String> evaluations(Job job) {
        return job.state(6)
                .path("log_history")
                .valueStream()
                .filter(entry -> entry.has("eval_loss"))
                .map(entry -> entry.path("step").asLong() + " "
                        + entry.path("eval_loss").asDouble())
                .toList();
    }
}
