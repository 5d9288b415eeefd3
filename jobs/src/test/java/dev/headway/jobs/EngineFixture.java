package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.run.Sighting;
import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.run.TrainerSettings;
import dev.headway.jobs.workspace.FileNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engine that a test steps by hand, on scripted processes and a manual clock, and may let die. For one thread. */
final class EngineFixture implements AutoCloseable {
    static final JsonText CONFIG =
            new JsonText("{\"model\":{\"name\":\"headway/nano\"},\"training\":{\"method\":\"sft\"}}");

    final ManualClock clock = new ManualClock();
    final ScriptedProcesses processes = new ScriptedProcesses();
    /** What the engine has told of moves: {@code a QUEUED to STARTING at 12:00:00}. */
    final List<String> moves = new ArrayList<>();

    JobEngine engine;

    private final EngineSettings settings;

    EngineFixture(Path directory, QueueRules rules) {
        TrainerSettings trainer =
                new TrainerSettings(TrainerCommand.parse("trainer {config}"), directory, Map.of(), Set.of(), Map.of());
        EngineSettings defaults = EngineSettings.of(directory, trainer);
        settings = new EngineSettings(
                directory,
                FileNames.DEFAULT,
                Optional.empty(),
                rules,
                Patience.DEFAULT,
                trainer,
                defaults.evalSplit(),
                defaults.maxLogBytes());
        engine = open();
    }

    EngineFixture(Path directory) {
        this(directory, QueueRules.DEFAULT);
    }

    /** Closes the engine, as far as a test can have it die, and opens another one on what it left. */
    void restart() {
        engine.close();
        engine = open();
    }

    private JobEngine open() {
        return JobEngine.open(settings, clock, this::note, (workspace, trainer) -> processes);
    }

    private void note(Job before, Job after, Instant now) {
        moves.add(after.id() + " " + before.state() + " to " + after.state() + " at " + now);
    }

    JobId submit(String id) {
        return engine.submit(request(id)).job().id();
    }

    static JobRequest request(String id) {
        return new JobRequest(Optional.of(new JobId(id)), "ann", Optional.of(id), CONFIG, new Dataset.None());
    }

    /** Submits a job and steps it until its trainer is seen to run. */
    JobId running(String id) {
        JobId job = submit(id);
        engine.step();
        see(id, 1, new Sighting.Running(4711));
        processes.deeds();
        return job;
    }

    /** Shows the engine something about an attempt. */
    void see(String id, int attempt, Sighting sighting) {
        processes.show("hw-" + id + "-" + attempt, sighting);
        engine.step();
    }

    void writeProgress(String id, String json) {
        write(engine.workspace().progress(new JobId(id)), json);
    }

    void makeCheckpoint(String id, String name) {
        write(engine.workspace().checkpoint(new JobId(id), name).resolve("weights"), "w");
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Job job(String id) {
        return engine.find(new JobId(id)).orElseThrow();
    }

    JobState state(String id) {
        return job(id).state();
    }

    @Override
    public void close() {
        engine.close();
    }
}
