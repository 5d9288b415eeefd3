package dev.headway.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.FileNames;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogBoundTest {
    private static final JobId JOB = new JobId("a");
    private static final int MAX_BYTES = 64 << 10;
    private static final byte[] LINE = ("a line of thirty-two characters" + "\n").getBytes(US_ASCII);

    @TempDir
    Path directory;

    private Workspace workspace;
    private LogBound bound;

    @BeforeEach
    void open() throws IOException {
        workspace = new Workspace(directory, FileNames.DEFAULT);
        bound = new LogBound(workspace, MAX_BYTES);
        Files.createDirectories(workspace.logs());
    }

    @Test
    void mindsNoLogThatIsNotThere() {
        bound.enforce(JOB);

        assertThat(workspace.log(JOB)).doesNotExist();
    }

    @Test
    void leavesALogWithinTheBoundAlone() throws IOException {
        try (OutputStream trainer = appending()) {
            write(trainer, MAX_BYTES);
        }

        bound.enforce(JOB);

        assertThat(readLog()).hasSize(MAX_BYTES).startsWith(LINE);
    }

    @Test
    void givesTheHeadUpWhileTheTrainerGoesOnWriting() throws IOException {
        try (OutputStream trainer = appending()) {
            write(trainer, 3 * MAX_BYTES);
            bound.enforce(JOB);
            trainer.write("the last line\n".getBytes(US_ASCII));
        }

        byte[] log = readLog();

        LogPage tail = new LogReader(workspace).read(JOB, -1, 2).orElseThrow();
        assertThat(tail.lines()).containsExactly("a line of thirty-two characters", "the last line");
        assertThat(log[0]).as("the head is gone").isZero();
        assertThat(nulls(log)).isGreaterThanOrEqualTo(2 * MAX_BYTES);
        assertThat(new LogReader(workspace).read(JOB, 0, 1).orElseThrow().lines())
                .containsExactly("[earlier output was given up to save space]");
    }

    @Test
    void cutsAgainOnlyAfterTheLogHasGrownByTheBound() throws IOException {
        try (OutputStream trainer = appending()) {
            write(trainer, 2 * MAX_BYTES);
            bound.enforce(JOB);
            int before = nulls(readLog());
            write(trainer, MAX_BYTES / 4);
            bound.enforce(JOB);
            assertThat(nulls(readLog())).isEqualTo(before);

            write(trainer, MAX_BYTES);
            bound.enforce(JOB);

            assertThat(nulls(readLog())).isGreaterThan(before);
        }
    }

    private OutputStream appending() throws IOException {
        return Files.newOutputStream(workspace.log(JOB), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void write(OutputStream trainer, int bytes) throws IOException {
        for (int written = 0; written < bytes; written += LINE.length) {
            trainer.write(LINE);
        }
    }

    private byte[] readLog() throws IOException {
        return Files.readAllBytes(workspace.log(JOB));
    }

    private static int nulls(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            count += b == 0 ? 1 : 0;
        }
        return count;
    }
}
