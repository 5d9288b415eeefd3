package dev.headway.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.failure.FileTrouble;
import dev.headway.trainer.failure.UnusableDataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
    @TempDir
    private Path directory = Path.of(".");

    private Path file = Path.of(".");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.jsonl");
    }

    @Test
    void readsOneObjectPerLineAndSkipsBlankLines() throws IOException {
        Files.writeString(file, "{\"text\":\"a\"}\n\n{\"text\":\"bc\"}\r\n");

        assertThat(DatasetReader.read(file, Method.SFT))
                .extracting(Example::length)
                .containsExactly(3, 4);
    }

    @Test
    void readsAnArrayAndAnObjectWithExamples() throws IOException {
        Files.writeString(file, "[{\"text\":\"a\"},\n {\"text\":\"bc\"}]");
        assertThat(DatasetReader.read(file, Method.SFT)).hasSize(2);

        Files.writeString(file, "{\n\"examples\": [{\"text\":\"a\"}]}");
        assertThat(DatasetReader.read(file, Method.SFT)).hasSize(1);
    }

    @Test
    void namesTheFirstBrokenLinesAndCountsTheRest() throws IOException {
        Files.writeString(file, "{\"text\":\"a\"}\n{\"text\":\n{\"foo\":1}\n[]\n1\n2\n3\n4\n");

        assertThatThrownBy(() -> DatasetReader.read(file, Method.SFT))
                .isInstanceOf(UnusableDataset.class)
                .hasMessageStartingWith("the data set " + file + " cannot be used: line 2 is not JSON: ")
                .hasMessageContaining("; line 3 has none of: ")
                .hasMessageEndingWith("line 6 is not a JSON object; and 2 more");
    }

    @Test
    void refusesEmptyMissingAndBinaryFiles() throws IOException {
        assertThatThrownBy(() -> DatasetReader.read(file, Method.SFT))
                .isInstanceOf(FileTrouble.class)
                .hasMessage("cannot read the data set " + file + ": there is no such file");

        Files.writeString(file, "\n \n");
        assertThatThrownBy(() -> DatasetReader.read(file, Method.SFT))
                .isInstanceOf(UnusableDataset.class)
                .hasMessage("the data set " + file + " is empty");

        Files.write(file, "{\"text\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DatasetReader.read(file, Method.SFT))
                .isInstanceOf(UnusableDataset.class)
                .hasMessage("the data set " + file + " is not UTF-8 text");
    }

    @Test
    void readsQuestionsAndTakesAnEmptyArrayForNone() throws IOException {
        Files.writeString(file, "{\"text\":\"7?\",\"label\":1}\n{\"prompt\":\"8?\",\"response\":\"0\"}\n");
        assertThat(DatasetReader.readQuestions(file))
                .extracting(question -> question.answer().orElseThrow())
                .containsExactly("1", "0");

        Files.writeString(file, "[]");
        assertThat(DatasetReader.readQuestions(file)).isEmpty();
        assertThatThrownBy(() -> DatasetReader.read(file, Method.SFT)).hasMessage("the data set " + file + " is empty");

        Files.writeString(file, "");
        assertThatThrownBy(() -> DatasetReader.readQuestions(file)).hasMessage("the data set " + file + " is empty");
    }

    @Test
    void refusesAnObjectThatHoldsNoExamples() throws IOException {
        Files.writeString(file, "{\n\"rows\": []}");

        assertThatThrownBy(() -> DatasetReader.readQuestions(file))
                .isInstanceOf(UnusableDataset.class)
                .hasMessage("the data set " + file + " is an object without a list under \"examples\"");
    }
}
