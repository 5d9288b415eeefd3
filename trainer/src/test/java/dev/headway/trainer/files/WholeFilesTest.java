package dev.headway.trainer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.failure.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {
    @TempDir
    private Path directory = Path.of(".");

    @Test
    void replacesAFileAndLeavesNothingBeside() throws IOException {
        Path file = directory.resolve("progress.json");

        WholeFiles.replace(file, bytes("one"));
        WholeFiles.replace(file, bytes("two"));

        assertThat(file).hasContent("two");
        assertThat(names()).containsExactly("progress.json");
    }

    @Test
    void publishesADirectoryOverAnOlderOneOfTheSameName() throws IOException {
        Path name = Files.createDirectory(directory.resolve("checkpoint-3"));
        Files.writeString(name.resolve("old"), "old");
        Path aside = Files.createDirectory(directory.resolve(".checkpoint-3.tmp"));
        Files.writeString(aside.resolve("new"), "new");

        WholeFiles.publish(aside, name);

        assertThat(name.resolve("new")).hasContent("new");
        assertThat(name.resolve("old")).doesNotExist();
        assertThat(names()).containsExactly("checkpoint-3");
    }

    @Test
    void deletesATreeAndToleratesThatThereIsNone() throws IOException {
        Path tree = directory.resolve("a");
        Files.createDirectories(tree.resolve("b"));
        Files.writeString(directory.resolve("a/b/c"), "c");

        WholeFiles.delete(tree);
        WholeFiles.delete(tree);

        assertThat(names()).isEmpty();
    }

    @Test
    void saysWhichFileCouldNotBeWrittenAndWhy() {
        Path missing = directory.resolve("missing/file");

        assertThatThrownBy(() -> WholeFiles.durably(missing, bytes("x")))
                .isInstanceOf(FileTrouble.class)
                .hasMessage("cannot write " + missing + ": there is no such file");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Stream<String> names() throws IOException {
        return Stream.of(directory.toFile().list());
    }
}
