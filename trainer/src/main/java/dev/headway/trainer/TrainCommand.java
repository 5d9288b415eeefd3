package dev.headway.trainer;

import dev.headway.trainer.config.JobConfig;
import dev.headway.trainer.failure.TrainerFailure;
import dev.headway.trainer.loop.Outcome;
import dev.headway.trainer.loop.RunContext;
import dev.headway.trainer.loop.StopSignal;
import dev.headway.trainer.loop.Training;
import dev.headway.trainer.progress.MetricsPost;
import dev.headway.trainer.progress.PointReceiver;
import dev.headway.trainer.progress.RunLog;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that trains: what the server starts for every job. For the main thread. */
@Command(
        name = "headway-trainer",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Trains a small language model as a job's configuration file says.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    the run is complete",
            "  1    it failed; the last line of the output says why",
            "  2    the command line is wrong",
            "  143  it was asked to stop (SIGTERM) and saved a checkpoint",
            "",
            "Environment: TRAINER_THREADS (default: all processors), OMP_WAIT_POLICY=PASSIVE (recommended),",
            "DJL_CACHE_DIR (where the engine's native libraries are unpacked, about 430 MB)."
        })
final class TrainCommand implements Callable<Integer> {
    private final Machine machine;
    private final StopSignal stop;

    @Option(names = "--config", paramLabel = "FILE", description = "the job's configuration, JSON")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--execution-id", paramLabel = "ID", description = "the job's id, named in the log")
    private Optional<String> executionId = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TrainCommand(Machine machine, StopSignal stop) {
        this.machine = machine;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        Path file = config.orElseThrow(() -> missing("--config"));
        String id = executionId.orElseThrow(() -> missing("--execution-id"));
        RunLog log = new RunLog(machine.out(), machine.clock(), "Main");
        try {
            return train(JobConfig.read(file), id, log);
        } catch (TrainerFailure failure) {
            return fail(log, String.valueOf(failure.getMessage()));
        } catch (RuntimeException | OutOfMemoryError defect) {
            defect.printStackTrace(machine.out());
            return fail(log, defect.toString());
        }
    }

    private CommandLine.ParameterException missing(String option) {
        return new CommandLine.ParameterException(spec.commandLine(), "Missing required option: '" + option + "'");
    }

    private int train(JobConfig job, String id, RunLog main) {
        RunLog log = main.withPhase(job.method().name().toUpperCase(Locale.ROOT));
        log.info("setup", "job " + id + attempt());
        int threads = new EngineSetup(machine.environment(), log).apply();
        Outcome outcome = train(job, id, log, threads);
        PeakMemory.mebibytes().ifPresent(size -> log.info("trainer", "peak memory " + size + " MiB"));
        return outcome == Outcome.COMPLETED ? Main.OK : Main.STOPPED;
    }

    private Outcome train(JobConfig job, String id, RunLog log, int threads) {
        Optional<URI> address = metricsAddress(log);
        if (address.isEmpty()) return run(job, log, threads, point -> {});
        Optional<String> token = Optional.ofNullable(machine.environment().get("JOB_TOKEN"));
        try (MetricsPost post = new MetricsPost(address.get(), token, id, log)) {
            return run(job, log, threads, post);
        }
    }

    private Outcome run(JobConfig job, RunLog log, int threads, PointReceiver receiver) {
        RunContext context = new RunContext(log, machine.clock(), machine.ticker(), stop, receiver, threads);
        return new Training(job, context).run();
    }

    private Optional<URI> metricsAddress(RunLog log) {
        String address = machine.environment().getOrDefault("METRICS_API_URL", "");
        if (address.isBlank()) return Optional.empty();
        if (address.matches("https?://[^\\s/]+\\S*")) return Optional.of(URI.create(address));
        log.warn("metrics", "METRICS_API_URL must be an http address, got \"" + address + "\"; nothing is posted");
        return Optional.empty();
    }

    private String attempt() {
        return Optional.ofNullable(machine.environment().get("HW_ATTEMPT"))
                .map(attempt -> ", attempt " + attempt)
                .orElse("");
    }

    private int fail(RunLog log, String sentence) {
        log.error("trainer", sentence);
        machine.out().println("ERROR: Training failed: " + sentence);
        return Main.FAILED;
    }
}
