package dev.headway.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.JobId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerCommandTest {
    @Test
    void cutsAtBlanksAndFillsIn() {
        assertThat(words("python3  train.py --config {config}\t--execution-id {job_id}"))
                .containsExactly("python3", "train.py", "--config", "/data/my dir/job_a.json", "--execution-id", "a");
    }

    @Test
    void keepsQuotedAndEscapedBlanks() {
        assertThat(words("sh -c 'echo \"{config}\"; exit 3' \"a \\\"b\\\" \\n\" c\\ d '' x'y'z"))
                .containsExactly(
                        "sh", "-c", "echo \"/data/my dir/job_a.json\"; exit 3", "a \"b\" \\n", "c d", "", "xyz");
    }

    @Test
    void leavesTheShellsOwnSignsAlone() {
        assertThat(words("run $HOME *.py `x` ; rm -rf / {A} {}"))
                .containsExactly("run", "$HOME", "*.py", "`x`", ";", "rm", "-rf", "/", "{A}", "{}");
    }

    @Test
    void saysWhatIsWrong() {
        assertInvalid("   ", "it is empty");
        assertInvalid("sh -c 'exit", "the quote ' at column 7 is not closed");
        assertInvalid("train {model}", "unknown placeholder {model}");
    }

    @Test
    void takesWordsAsTheyAre() {
        TrainerCommand command = TrainerCommand.ofWords(List.of("a b", "'", "{job_id}"));

        assertThat(command.words(Path.of("/c"), new JobId("j"))).containsExactly("a b", "'", "j");
        assertThatThrownBy(() -> TrainerCommand.ofWords(List.of())).isInstanceOf(InvalidTrainerCommand.class);
    }

    private static List<String> words(String template) {
        return TrainerCommand.parse(template).words(Path.of("/data/my dir/job_a.json"), new JobId("a"));
    }

    private static void assertInvalid(String template, String problem) {
        assertThatThrownBy(() -> TrainerCommand.parse(template))
                .isInstanceOf(InvalidTrainerCommand.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("TRAINER_COMMAND")
                .hasMessageContaining("{config} and {job_id}");
    }
}
