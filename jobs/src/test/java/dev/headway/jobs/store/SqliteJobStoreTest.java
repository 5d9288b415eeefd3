package dev.headway.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.JobBuilder;
import dev.headway.jobs.job.JobId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobStoreTest extends JobStoreContract {
    @TempDir
    Path directory;

    @Override
    JobStore emptyStore() {
        return JobStore.sqlite(directory.resolve("headway.db"));
    }

    @Override
    void release(JobStore used) {
        used.close();
    }

    @Test
    void keepsJobsWhenClosed() {
        Path file = directory.resolve("kept.db");
        try (JobStore store = JobStore.sqlite(file)) {
            store.insert(new JobBuilder(new JobId("a"), "ann", "job", Instant.EPOCH).build(), 1);
        }

        try (JobStore store = JobStore.sqlite(file)) {
            assertThat(store.find(new JobId("a"))).isPresent();
        }
    }

    /** The library is loaded once by each JVM, so this takes a JVM of its own. */
    @Test
    void opensWhereNothingCanBeRunOutOfTheDirectoryOfTemporaryFiles() throws Exception {
        Path file = directory.resolve("data/headway.db");
        Path left = Files.createDirectories(directory.resolve("data/native")).resolve("sqlite-left.so");
        Files.writeString(left, "of a program that was killed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory.resolve("nothing"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opening.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(file).exists();
        assertThat(left).doesNotExist();
    }

    /** A program that opens a database and closes it. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] words) {
            JobStore.sqlite(Path.of(words[0])).close();
        }
    }

    @Test
    void saysSoWhenTheFileIsNoDatabase() throws IOException {
        Path file = directory.resolve("text.db");
        Files.writeString(file, "this is not a database at all\n".repeat(100));

        assertThatThrownBy(() -> JobStore.sqlite(file))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining(file + " is damaged or is not a Headway database");
    }

    @Test
    void saysSoWhenAPageInTheMiddleIsDamaged() throws IOException {
        Path file = directory.resolve("holed.db");
        try (JobStore store = JobStore.sqlite(file)) {
            for (int i = 0; i < 200; i++) {
                store.insert(new JobBuilder(new JobId("job" + i), "ann", "job", Instant.EPOCH).build(), 1000);
            }
        }
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = raw.length() / 2; at < raw.length() / 2 + 8192; at++) {
                raw.seek(at);
                raw.write(0xA5);
            }
        }

        assertThatThrownBy(() -> JobStore.sqlite(file))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void saysSoWhenANewerVersionMadeTheDatabase() throws SQLException {
        Path file = directory.resolve("newer.db");
        JobStore.sqlite(file).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO headway_schema (installed_rank, version, description, type, script, checksum,
                        installed_by, installed_on, execution_time, success)
                    VALUES (99, '99', 'future', 'SQL', 'V99__future.sql', 1, 'x', '2030-01-01 00:00:00', 1, 1)""");
        }

        assertThatThrownBy(() -> JobStore.sqlite(file))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("newer Headway")
                .hasMessageContaining("99");
    }

    @Test
    void saysSoWhenTheFileCannotBeMade() {
        Path file = directory.resolve("missing/headway.db");

        assertThatThrownBy(() -> JobStore.sqlite(file))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining(file.toString());
    }
}
