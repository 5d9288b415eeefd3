package dev.headway.server.api.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.jobs.Dataset;
import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.server.http.HttpProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetChoiceTest {
    @TempDir
    Path temporary;

    private Path root;
    private DatasetChoice datasets;

    @BeforeEach
    void openRoot() throws IOException {
        root = Files.createDirectory(temporary.toRealPath().resolve("root"));
        datasets = new DatasetChoice(new AllowedRoots(List.of(root)));
    }

    @Test
    void takesTheContentWhateverThePathSays() {
        assertThat(datasets.choose("{\"text\":\"a\"}", "bucket/key.jsonl")).isInstanceOf(Dataset.Examples.class);
    }

    @Test
    void takesAJobWithoutADataset() {
        assertThat(datasets.choose("", "")).isEqualTo(new Dataset.None());
    }

    @Test
    void takesAFileInARootThoughItIsNotThereYet() {
        Path file = root.resolve("a..b.jsonl");

        assertThat(datasets.choose("", file.toString())).isEqualTo(new Dataset.File(file.toString()));
    }

    @Test
    void handsOnWhereALinkLeads() throws IOException {
        Path file = Files.createFile(root.resolve("data.jsonl"));
        Path link = Files.createSymbolicLink(root.resolve("latest"), file);

        assertThat(datasets.choose("", link.toString())).isEqualTo(new Dataset.File(file.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user/data.jsonl.gz", "./data.jsonl", "a/b/c"})
    void cannotDownloadWhatAnObjectStoreHolds(String key) {
        assertThat(refused(key))
                .isEqualTo("{\"detail\":\"Failed to download dataset from storage. Please ensure dataset_content is"
                        + " provided.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "relative.jsonl", "/tmp/dataset.json"})
    void refusesFilesOutsideTheRootsAndSaysWhatWouldDo(String path) {
        assertThat(refused(path))
                .isEqualTo("{\"detail\":\"Configuration validation failed: dataset_path cannot be used: path '" + path
                        + "' is outside allowed directories; send dataset_content, or have FILESYSTEM_ALLOWED_PATHS name"
                        + " its directory\"}");
    }

    @Test
    void refusesANul() {
        assertThat(refused("/a\0b")).contains("NUL");
    }

    private String refused(String path) {
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> datasets.choose("", path));
        assertThat(problem.response().status()).isEqualTo(400);
        return problem.response().body().text();
    }
}
