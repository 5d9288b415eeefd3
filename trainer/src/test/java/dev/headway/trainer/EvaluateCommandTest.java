package dev.headway.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command on small models, in this process. */
class EvaluateCommandTest {
    @TempDir
    private Path directory = Path.of(".");

    private Job job = new Job(Path.of("."));

    @BeforeEach
    void makeTheJob() throws IOException {
        job = new Job(directory).write();
    }

    @Test
    void countsExactlyRightAnswersOfAFinishedModel() throws IOException {
        Files.writeString(job.data(), "{\"prompt\":\"1+1=\",\"response\":\"2\"}\n".repeat(8));
        job.training(training -> training.put("max_steps", 60).put("learning_rate", 0.01));
        assertThat(job.train()).as(job.printed()).isZero();
        Path exam = Files.writeString(directory.resolve("exam.jsonl"), """
                {"prompt":"1+1=","response":"2"}
                {"prompt":"1+1=","response":"23"}
                {"prompt":"1+1=","response":""}
                {"prompt":"1+1=","response":"2"}
                """);

        assertThat(job.run("evaluate", "--model", job.output().toString(), "--data", exam.toString()))
                .as(job.printed())
                .isZero();

        assertThat(job.printed())
                .contains("2 of 4 answers exactly right (50.00 %)")
                .contains("1+1= 2   (right)")
                .contains("1+1= 2   (wrong, expected 23)");
    }

    @Test
    void refusesToEvaluateOnConversationsWithSeveralAnswers() throws IOException {
        assertThat(job.train()).as(job.printed()).isZero();
        Path exam = Files.writeString(directory.resolve("exam.jsonl"), """
                {"messages":[{"role":"assistant","content":"A"},{"role":"user","content":"B"},\
                {"role":"assistant","content":"C"}]}
                """);

        assertThat(job.run("evaluate", "--model", job.output().toString(), "--data", exam.toString()))
                .isEqualTo(1);

        assertThat(job.printed()).contains("ERROR: Evaluation failed: example 1 has more than one answer");
    }

    @Test
    void saysWhatIsWrongWithAModelToEvaluate() {
        assertThat(job.run(
                        "evaluate",
                        "--model",
                        directory.toString(),
                        "--data",
                        job.data().toString()))
                .isEqualTo(1);

        assertThat(job.printed())
                .contains("ERROR: Evaluation failed: " + directory + " has no config.json with model.safetensors");
    }
}
