package dev.headway.jobs.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.FileNames;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressFollowerTest {
    private static final JobId JOB = new JobId("a");

    @TempDir
    Path directory;

    private Workspace workspace;
    private ProgressFollower follower;
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    @BeforeEach
    void open() throws IOException {
        workspace = new Workspace(directory, FileNames.DEFAULT);
        follower = new ProgressFollower(workspace);
        Files.createDirectories(workspace.output(JOB));
    }

    @Test
    void findsNothingBeforeThereIsAFile() {
        assertThat(look()).isEmpty();
    }

    @Test
    void readsFieldsAndPoints() throws IOException {
        write("{\"status\":\"running\",\"current_step\":20,\"train_loss\":1.5,\"loss_trend\":null,"
                + "\"metrics_history\":[{\"step\":10,\"train_loss\":2.0},{\"step\":20,\"train_loss\":1.5}]}");

        ProgressReading reading = look().orElseThrow();

        assertThat(reading.progress().whole("current_step")).hasValue(20);
        assertThat(reading.progress().number("train_loss")).hasValue(1.5);
        assertThat(reading.progress().text("status")).contains("running");
        assertThat(reading.progress().text("loss_trend")).isEmpty();
        assertThat(reading.progress().text("metrics_history")).isEmpty();
        assertThat(steps(reading)).containsExactly(10L, 20L);
    }

    @Test
    void takesNumbersThatNoDoubleHoldsForNotFinite() throws IOException {
        String large = "1" + "0".repeat(400);
        write("{\"train_loss\":" + large + ",\"current_step\":-" + large + ",\"eval_loss\":1e400,"
                + "\"metrics_history\":[{\"step\":1,\"train_loss\":" + large + "},{\"step\":" + large + "}]}");

        ProgressReading reading = look().orElseThrow();

        assertThat(reading.progress().json().text())
                .startsWith("{\"train_loss\":null,\"current_step\":null,\"eval_loss\":null");
        assertThat(reading.progress().lossIsNotFinite()).isTrue();
        assertThat(steps(reading)).containsExactly(1L);
    }

    @Test
    void reportsNothingTwice() throws IOException {
        write("{\"metrics_history\":[{\"step\":1}]}");
        follower.stored(look().orElseThrow());

        assertThat(look()).isEmpty();
    }

    @Test
    void reportsOnlyPointsThatAreNewOrHaveChanged() throws IOException {
        write("{\"metrics_history\":[{\"step\":1,\"train_loss\":3},{\"step\":2,\"train_loss\":2}]}");
        follower.stored(look().orElseThrow());

        write("{\"metrics_history\":[{\"step\":1,\"train_loss\":3},{\"step\":2,\"eval_loss\":9},{\"step\":3}]}");

        assertThat(steps(look().orElseThrow())).containsExactly(2L, 3L);
    }

    @Test
    void reportsAPointAgainThatCouldNotBeStored() throws IOException {
        write("{\"metrics_history\":[{\"step\":1}]}");
        look();

        write("{\"metrics_history\":[{\"step\":1},{\"step\":2}]}");

        assertThat(steps(look().orElseThrow())).containsExactly(1L, 2L);
    }

    @Test
    void seesAReplacedFileOfEqualTimeAndSize() throws IOException {
        FileTime time = FileTime.from(now);
        write("{\"current_step\":1}");
        Files.setLastModifiedTime(workspace.progress(JOB), time);
        look();
        Path aside = Files.writeString(directory.resolve("aside"), "{\"current_step\":2}");
        Files.setLastModifiedTime(aside, time);
        Files.move(aside, workspace.progress(JOB), StandardCopyOption.REPLACE_EXISTING);

        assertThat(look())
                .hasValueSatisfying(reading ->
                        assertThat(reading.progress().whole("current_step")).hasValue(2));
    }

    @Test
    void readsTheLastWordEvenIfTheFileSeemsUnchanged() throws IOException {
        write("{\"current_step\":1}");
        look();

        assertThat(look()).isEmpty();
        assertThat(follower.lookOnceMore(JOB, now)).isPresent();
    }

    @Test
    void passesOverGarbageAndLooksAgain() throws IOException {
        for (String garbage : List.of("", "{", "{\"a\":1", "null", "[]", "\"x\"", "{} x", "\0\0\0", "{\"a\":01}")) {
            write(garbage);
            assertThat(look()).as(garbage).isEmpty();
        }
        write("{\"current_step\":1}");

        assertThat(look()).isPresent();
    }

    @Test
    void passesOverPointsThatAreNone() throws IOException {
        write("{\"metrics_history\":[1,null,{},{\"step\":\"x\"},{\"step\":1.5},{\"step\":5}]}");

        assertThat(steps(look().orElseThrow())).containsExactly(5L);
    }

    @Test
    void turnsNumbersThatJsonCannotCarryIntoNullAndRemembersTheLoss() throws IOException {
        write("{\"train_loss\":NaN,\"grad_norm\":Infinity,\"x\":[-Infinity,1],\"learning_rate\":1e999,"
                + "\"metrics_history\":[{\"step\":1,\"train_loss\":NaN}]}");

        ProgressReading reading = look().orElseThrow();

        assertThat(reading.progress().lossIsNotFinite()).isTrue();
        assertThat(reading.progress().json().text())
                .startsWith("{\"train_loss\":null,\"grad_norm\":null,\"x\":[null,1],\"learning_rate\":null");
        assertThat(reading.points().get(0).values().text()).isEqualTo("{\"step\":1,\"train_loss\":null}");
    }

    @Test
    void doesNotTakeAnyOtherNumberForALoss() throws IOException {
        write("{\"train_loss\":1.0,\"grad_norm\":NaN,\"loss_is_not_finite\":true}");

        assertThat(look().orElseThrow().progress().lossIsNotFinite()).isFalse();
    }

    @Test
    void readsALargeFileLessOften() throws IOException {
        String filler = "x".repeat(4 << 20);
        write("{\"current_step\":1,\"filler\":\"" + filler + "\"}");
        assertThat(look()).isPresent();

        write("{\"current_step\":22,\"filler\":\"" + filler + "\"}");

        assertThat(look()).isEmpty();
        now = now.plusSeconds(2);
        assertThat(look()).isPresent();
    }

    private Optional<ProgressReading> look() {
        now = now.plusMillis(1);
        return follower.look(JOB, now);
    }

    private void write(String text) throws IOException {
        Files.writeString(workspace.progress(JOB), text);
    }

    private static List<Long> steps(ProgressReading reading) {
        return reading.points().stream().map(MetricPoint::step).toList();
    }
}
