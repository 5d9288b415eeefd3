package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JobsException;
import dev.headway.jobs.run.Sighting;
import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.run.TrainerSettings;
import dev.headway.jobs.store.StoreUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking possession of a data directory, and running on a thread of its own. */
class OpeningTest {
    @TempDir
    Path directory;

    @Test
    void makesTheDirectoriesItNeeds() {
        try (JobEngine engine = open(directory.resolve("new/data"))) {
            assertThat(engine.workspace().configs()).isDirectory();
            assertThat(engine.workspace().logs()).isDirectory();
            assertThat(engine.workspace().database()).isRegularFile();
        }
    }

    @Test
    void turnsASecondEngineAwayAndLeavesTheFirstInPossession() {
        try (JobEngine first = open(directory)) {
            assertThatThrownBy(() -> open(directory))
                    .isInstanceOf(DataDirectoryInUse.class)
                    .hasMessageContaining(directory + " is in use by another Headway server");
            assertThatThrownBy(() -> open(directory)).isInstanceOf(DataDirectoryInUse.class);
            assertThat(first.counts()).isEqualTo(new JobCounts(0, 0));
        }
    }

    @Test
    void letsGoOfTheDirectoryWhenItCloses() {
        open(directory).close();

        open(directory).close();
    }

    @Test
    void saysWhenTheDirectoryCannotBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> open(file.resolve("data")))
                .isInstanceOf(DataDirectoryUnusable.class)
                .hasMessageContaining("data directory " + file.resolve("data") + " cannot be used");
    }

    @Test
    void saysWhenTheDatabaseIsBrokenAndLetsGoOfTheDirectory() throws IOException {
        Files.writeString(directory.resolve("headway.db"), "not a database ".repeat(1000));

        assertThatThrownBy(() -> open(directory)).isInstanceOf(StoreUnusable.class);

        Files.delete(directory.resolve("headway.db"));
        open(directory).close();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new QueueRules(0, 1, 1))
                .hasMessage("TRAINING_MAX_CONCURRENT_JOBS is 0; it must be at least 1");
        assertThatThrownBy(() -> new QueueRules(1, 1, -1)).hasMessageContaining("TRAINING_MAX_RESTARTS");
        Patience usual = Patience.DEFAULT;
        assertThatThrownBy(() -> new Patience(
                        usual.tick(), usual.cancel().negated(), usual.pause(), usual.remnants(), usual.progress()))
                .hasMessageContaining("PROCESS_TERMINATION_TIMEOUT_DEFAULT");
    }

    @Test
    void startsAJobAsSoonAsItIsSubmittedAndTheNextAsSoonAsASlotIsFree() {
        try (EngineFixture fixture = new EngineFixture(directory)) {
            fixture.engine.start();
            fixture.submit("a");
            fixture.submit("b");
            Await.until("the start of a", () -> fixture.state("a") == JobState.STARTING);
            assertThat(fixture.engine.queue().active()).isTrue();

            fixture.processes.show("hw-a-1", new Sighting.Ended(0));

            Await.until("the start of b", () -> fixture.state("b") == JobState.STARTING);
            assertThat(fixture.state("a")).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void goesOnAfterAStepThatFailed() throws IOException {
        try (EngineFixture fixture = new EngineFixture(directory)) {
            fixture.processes.failNextLook();
            fixture.engine.start();

            fixture.submit("a");

            Await.until("the start of a", () -> fixture.state("a") == JobState.STARTING);
            assertThat(fixture.engine.find(new JobId("a"))).isPresent();
        }
    }

    private static JobEngine open(Path data) throws JobsException {
        TrainerSettings trainer =
                new TrainerSettings(TrainerCommand.parse("true"), Path.of("/"), Map.of(), Set.of(), Map.of());
        return JobEngine.open(EngineSettings.of(data, trainer), Clock.systemUTC());
    }
}
