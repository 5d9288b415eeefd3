package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.run.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SubmitterTest {
    private static final JobId A = new JobId("a");

    @TempDir
    Path directory;

    private EngineFixture fixture;

    @BeforeEach
    void open() {
        fixture = new EngineFixture(directory, new QueueRules(1, 2, 1));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void acceptsAJobAndSaysWhereItStands() {
        assertThat(fixture.engine.submit(EngineFixture.request("a")))
                .isInstanceOfSatisfying(
                        Submission.Accepted.class,
                        accepted -> assertThat(accepted.position()).isEqualTo(1));
        assertThat(fixture.engine.submit(EngineFixture.request("b")).position()).isEqualTo(2);
        assertThat(fixture.job("a")).satisfies(job -> {
            assertThat(job.state()).isEqualTo(JobState.QUEUED);
            assertThat(job.modelName()).isEqualTo("headway/nano");
            assertThat(job.submittedAt()).isEqualTo(ManualClock.NOON);
            assertThat(job.token()).matches("[A-Za-z0-9_-]{43}");
        });
    }

    @Test
    void makesUpAnIdAndAName() {
        Job job = fixture.engine
                .submit(new JobRequest(
                        Optional.empty(), "ann", Optional.empty(), EngineFixture.CONFIG, new Dataset.None()))
                .job();

        assertThat(job.id().text()).matches("[0-9a-f-]{36}");
        assertThat(job.name()).isEqualTo("Training Job " + job.id().text().substring(0, 8));
    }

    @Test
    void knowsTheSameRequestAgainWhateverBecameOfIt() {
        fixture.running("a");
        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(fixture.engine.submit(EngineFixture.request("a")))
                .isInstanceOfSatisfying(Submission.Known.class, known -> {
                    assertThat(known.position()).isZero();
                    assertThat(known.job().state()).isEqualTo(JobState.COMPLETED);
                });
        fixture.engine.step();
        assertThat(fixture.processes.deeds()).isEmpty();
    }

    @Test
    void knowsARequestByItsMeaningAndNotByTheOrderOfItsKeys() {
        submit("{\"x\":1,\"y\":{\"p\":[1,2],\"q\":null}}");

        assertThat(submit("{\"y\":{\"q\":null,\"p\":[1,2]},\"x\":1}")).isInstanceOf(Submission.Known.class);
    }

    @Test
    void refusesAnotherRequestOfTheSameName() {
        submit("{\"x\":1}");

        for (String other : List.of("{\"x\":2}", "{\"x\":\"1\"}", "{\"x\":[1]}", "{}", "{\"x\":1,\"y\":null}")) {
            assertThatThrownBy(() -> submit(other)).as(other).isInstanceOf(JobConflict.class);
        }
        assertThat(fixture.engine.workspace().config(A)).content().contains("\"x\": 1");
    }

    @Test
    void tellsDataSetsApart() {
        JsonText config = new JsonText("{}");
        fixture.engine.submit(new JobRequest(Optional.of(A), "ann", Optional.empty(), config, examples("{\"a\":1}")));

        for (Dataset other : List.of(examples("{\"a\":2}"), new Dataset.None(), new Dataset.File("x"))) {
            assertThatThrownBy(() -> fixture.engine.submit(
                            new JobRequest(Optional.of(A), "ann", Optional.empty(), config, other)))
                    .isInstanceOf(JobConflict.class);
        }
    }

    @Test
    void refusesTheJobThatWouldExceedTheQueueButKnowsThoseInIt() throws IOException {
        fixture.submit("a");
        fixture.submit("b");

        assertThatThrownBy(() -> fixture.submit("c"))
                .isInstanceOf(QueueFull.class)
                .hasMessageContaining("2 jobs are queued");
        assertThat(fixture.engine.submit(EngineFixture.request("b"))).isInstanceOf(Submission.Known.class);
        assertThat(filesNamedAfter("job_c")).isEmpty();
    }

    @Test
    void writesTheConfigAsTheTrainersKnowIt() {
        JsonText config =
                new JsonText("{\"model\":{\"name\":\"m\\u00fc\"},\"training\":{\"method\":\"sft\",\"list\":[1,2],"
                        + "\"empty\":{},\"none\":[]},\"resume_from_checkpoint\":null}");

        fixture.engine.submit(
                new JobRequest(Optional.of(A), "ann", Optional.empty(), config, new Dataset.File("/d/x")));

        assertThat(fixture.engine.workspace().config(A))
                .hasContent("""
                        {
                          "model": {
                            "name": "m\\u00fc"
                          },
                          "training": {
                            "method": "sft",
                            "list": [
                              1,
                              2
                            ],
                            "empty": {},
                            "none": [],
                            "pretokenize": true,
                            "dataloader_num_workers": 0,
                            "dataloader_prefetch_factor": null
                          },
                          "resume_from_checkpoint": null,
                          "dataset_path": "/d/x",
                          "output_dir": "%s",
                          "execution_id": "a",
                          "eval_split": 0.2
                        }""".formatted(fixture.engine.workspace().output(A)));
    }

    @Test
    void keepsWhatTheConfigSaysItself() {
        submit("{\"eval_split\":0.05,\"output_dir\":\"/etc\",\"training\":{\"pretokenize\":false,"
                + "\"dataloader_num_workers\":4,\"dataloader_prefetch_factor\":2}}");

        assertThat(fixture.engine.workspace().config(A))
                .content()
                .contains("\"eval_split\": 0.05", "\"pretokenize\": false", "\"dataloader_prefetch_factor\": 2")
                .doesNotContain("/etc");
    }

    @Test
    void writesTheDataSetAsTheTrainersKnowIt() {
        fixture.engine.submit(new JobRequest(
                Optional.of(A),
                "ann",
                Optional.empty(),
                new JsonText("{}"),
                examples(
                        "{\"prompt\":\"\\u00e4 \\ud83d\\ude80\\n\",\"response\":[1,{\"x\":null}]}",
                        "{\"text\":\"b\"}")));

        assertThat(fixture.engine.workspace().dataset(A)).hasContent("""
                        {"prompt": "\\u00e4 \\ud83d\\ude80\\n", "response": [1, {"x": null}]}
                        {"text": "b"}
                        """);
        assertThat(fixture.engine.workspace().config(A))
                .content()
                .contains("\"dataset_path\": \"" + fixture.engine.workspace().dataset(A) + "\"");
    }

    @Test
    void leavesNothingBehindWhenTheConfigCannotBeWritten() throws IOException {
        Path configs = fixture.engine.workspace().configs();
        Files.delete(configs);
        Files.writeString(configs, "a file where a directory should be");

        assertThatThrownBy(this::submitWithExamples)
                .isInstanceOf(JobNotStored.class)
                .hasMessageStartingWith("Job a could not be stored: ");

        assertThat(fixture.engine.find(A)).isEmpty();
        assertThat(filesNamedAfter("job_a")).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenTheDatabaseRefuses() throws Exception {
        refuseInserts("CREATE TRIGGER refuse BEFORE INSERT ON jobs BEGIN"
                + " SELECT RAISE(ABORT, 'database or disk is full'); END");

        assertThatThrownBy(this::submitWithExamples)
                .isInstanceOf(JobNotStored.class)
                .hasMessageContaining("database or disk is full");

        assertThat(filesNamedAfter("job_a")).isEmpty();
        refuseInserts("DROP TRIGGER refuse");
        assertThat(submitWithExamples()).isInstanceOf(Submission.Accepted.class);
    }

    private Submission submitWithExamples() {
        return fixture.engine.submit(new JobRequest(
                Optional.of(A), "ann", Optional.empty(), EngineFixture.CONFIG, examples("{\"text\":\"x\"}")));
    }

    private Submission submit(String config) {
        return fixture.engine.submit(
                new JobRequest(Optional.of(A), "ann", Optional.empty(), new JsonText(config), new Dataset.None()));
    }

    private static Dataset.Examples examples(String... lines) {
        return new Dataset.Examples(Stream.of(lines)
                .<JsonNode>map(line -> new JsonText(line).tree())
                .toList());
    }

    private void refuseInserts(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("headway.db"));
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private List<Path> filesNamedAfter(String name) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().contains(name)
                            || file.toString().contains(".new-"))
                    .toList();
        }
    }
}
