package dev.headway.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.failure.UnusableCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    @TempDir
    private Path directory = Path.of(".");

    @Test
    void showsACheckpointUnderItsNameOnlyWhenAllOfItIsWritten() throws IOException {
        CheckpointStore store = new CheckpointStore(directory, 0);

        Path checkpoint = store.write(20, aside -> {
            put(aside.resolve("weights"));
            assertThat(store.path(20)).doesNotExist();
            assertThat(store.newest()).isEmpty();
        });

        assertThat(checkpoint.resolve("weights")).exists();
        assertThat(names()).containsExactly("checkpoint-20");
    }

    @Test
    void writesACheckpointOverOneOfTheSameStep() throws IOException {
        CheckpointStore store = new CheckpointStore(directory, 0);
        store.write(20, aside -> put(aside.resolve("old")));

        store.write(20, aside -> put(aside.resolve("new")));

        assertThat(store.path(20).resolve("new")).exists();
        assertThat(store.path(20).resolve("old")).doesNotExist();
        assertThat(names()).containsExactly("checkpoint-20");
    }

    @Test
    void keepsTheNewestByStepAndNotByName() throws IOException {
        CheckpointStore store = storeWith(2, 8, 9, 10, 100);

        store.prune(100, OptionalLong.empty());

        assertThat(names()).containsExactly("checkpoint-10", "checkpoint-100");
        assertThat(store.newest()).contains(store.path(100));
    }

    @Test
    void keepsTheBestInPlaceOfAnOlderOne() throws IOException {
        CheckpointStore store = storeWith(2, 10, 20, 30, 40);

        store.prune(40, OptionalLong.of(20));

        assertThat(names()).containsExactly("checkpoint-20", "checkpoint-40");
    }

    @Test
    void keepsTheNewestBesideTheBestEvenWhenOnlyOneMayStay() throws IOException {
        CheckpointStore store = storeWith(1, 10, 20, 30);

        store.prune(30, OptionalLong.of(10));

        assertThat(names()).containsExactly("checkpoint-10", "checkpoint-30");
    }

    @Test
    void dropsThoseOfARunThatWasGivenUpBeforeItsOwn() throws IOException {
        CheckpointStore store = storeWith(2, 10, 20, 800, 900);

        store.prune(20, OptionalLong.empty());

        assertThat(names()).containsExactly("checkpoint-10", "checkpoint-20");
    }

    @Test
    void keepsAllWithoutALimit() throws IOException {
        CheckpointStore store = storeWith(0, 10, 20, 30);

        store.prune(30, OptionalLong.empty());

        assertThat(names()).hasSize(3);
    }

    @Test
    void sweepsAwayWhatKilledRunsLeftAndNothingElse() throws IOException {
        CheckpointStore store = storeWith(0, 10);
        put(Files.createDirectory(directory.resolve(".checkpoint-20.tmp")).resolve("half"));
        put(Files.createDirectory(directory.resolve(".checkpoint-10.old")).resolve("old"));
        put(directory.resolve(".hidden"));

        store.sweep();

        assertThat(names()).containsExactly(".hidden", "checkpoint-10");
    }

    @Test
    void findsACheckpointByNameOrByPath() {
        CheckpointStore store = storeWith(0, 10);

        assertThat(store.require("checkpoint-10")).isEqualTo(store.path(10));
        assertThat(store.require(store.path(10).toString())).isEqualTo(store.path(10));
    }

    @Test
    void saysWhichIsTheNewestWhenTheOneAskedForIsMissing() {
        assertThatThrownBy(() -> storeWith(0, 10).require("checkpoint-11"))
                .isInstanceOf(UnusableCheckpoint.class)
                .hasMessage(
                        "there is no checkpoint checkpoint-11; the newest is " + directory.resolve("checkpoint-10"));
    }

    private CheckpointStore storeWith(int limit, long... steps) {
        CheckpointStore store = new CheckpointStore(directory, limit);
        for (long step : steps) store.write(step, aside -> put(aside.resolve("weights")));
        return store;
    }

    private static void put(Path file) {
        try {
            Files.writeString(file, "x");
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }
}
