package dev.headway.server;

import dev.headway.jobs.job.JobsException;
import dev.headway.server.config.Environment;
import dev.headway.server.config.InvalidSettings;
import dev.headway.server.config.Machine;
import dev.headway.server.config.Settings;
import dev.headway.server.config.Variable;
import dev.headway.server.http.server.PortUnavailable;
import dev.headway.server.logging.LogFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Take training jobs over HTTP, run them, and let no client run over the server.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Everything else is set by environment variables, or by lines NAME=value in .env.local, else .env, in the"
                    + " working directory; the environment wins. The ones asked for most:",
            "  RATE_LIMIT_TRAINING_EXECUTE   10/minute   submitting jobs, per client",
            "  RATE_LIMIT_TRAINING_GENERAL   30/minute   cancel, pause, resume and the like, each",
            "  RATE_LIMIT_FILESYSTEM         60/minute   the filesystem routes, each",
            "  RATE_LIMIT_ENABLED            true        false turns all limits off",
            "  LIMITS_FILE                               rules by endpoint, tier, user and network: headway limits"
                    + " --help",
            "  RATE_LIMIT_TRUSTED_PROXIES    loopback    networks whose X-Forwarded-For is believed",
            "  TRAINING_MAX_CONCURRENT_JOBS  1           jobs that run at once",
            "  TRAINER_COMMAND               built-in    a trainer of your own: python3 train.py --config {config}",
            "  API_KEYS_FILE                             keys that the training routes require",
            "  FILESYSTEM_API_KEY                        the key that the filesystem routes require",
            "All of them, with defaults, are in .env.example.",
            "",
            "Examples:",
            "  headway serve",
            "  headway serve --port 9000 --data /srv/headway",
            "  RATE_LIMIT_TRAINING_EXECUTE='100/hour;10/minute' headway serve",
            "",
            "Exit codes: 0 stopped by SIGTERM or Ctrl-C, 1 could not start, 2 wrong settings."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Listen on this address (HOST, 127.0.0.1).")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Listen on this port, 0 for any free one (PORT, 8000).")
    private Optional<String> port = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "Keep jobs, logs and models here (HEADWAY_DATA, ./var).")
    private Optional<String> data = Optional.empty();

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Application application = start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(application), "stop"));
            new CountDownLatch(1).await();
            return Main.OK;
        } catch (InvalidSettings problems) {
            return complain(problems, Main.WRONG_SETTINGS);
        } catch (PortUnavailable | JobsException failure) {
            return complain(failure, Main.COULD_NOT_START);
        }
    }

    private Application start() {
        Machine machine = Machine.present();
        Environment environment = Environment.read(options(), surroundings.environment(), machine.directory());
        Settings settings = Settings.of(environment, machine);
        LogFiles.toConsole(settings.log(), surroundings.zone());
        Application application = Application.start(settings, surroundings);
        LogFiles.alsoTo(application.logs(), settings.log(), surroundings.zone());
        application.announce();
        Hangup.hear(application::reloadLimits);
        environment.warnings().forEach(LOG::warn);
        greet(application, settings);
        return application;
    }

    private Map<Variable, String> options() {
        Map<Variable, String> options = new EnumMap<>(Variable.class);
        host.ifPresent(text -> options.put(Variable.HOST, text));
        port.ifPresent(text -> options.put(Variable.PORT, text));
        data.ifPresent(text -> options.put(Variable.HEADWAY_DATA, text));
        return options;
    }

    /** Whoever reads the log as JSON gets nothing else to read. */
    private void greet(Application application, Settings settings) {
        if (settings.log().format() == LogFormat.JSON) {
            LOG.info("Headway {} listens on {}, with its data in {}", Version.TEXT, application.url(), settings.data());
            return;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "%nHeadway %s listens on %s, with its data in %s.%nSubmit the example job:%n%n  curl -sS -H"
                                + " 'content-type: application/json' -d @examples/request.json"
                                + " %s/api/training/execute%n%n",
                        Version.TEXT, application.url(), settings.data(), curlTarget(application.url()))
                .flush();
    }

    private static String curlTarget(String url) {
        return url.startsWith("unix:") ? "--unix-socket " + url.substring("unix:".length()) + " http://localhost" : url;
    }

    private static void stop(Application application) {
        LOG.info("Stopping: requests in flight are finished, trainers run on");
        application.close();
        Main.endStopped();
    }

    private int complain(RuntimeException problem, int exitCode) {
        spec.commandLine().getErr().println("headway: " + problem.getMessage());
        return exitCode;
    }
}
