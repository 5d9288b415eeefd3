package dev.headway.server;

import dev.headway.server.config.Environment;
import dev.headway.server.config.Variable;
import dev.headway.server.top.NoLook;
import dev.headway.server.top.TopScreen;
import dev.headway.server.top.TopSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows who is refused most by a server that runs. */
@Command(
        name = "top",
        description = "Show who is refused most, as it goes on; ends with Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The server is asked with ADMIN_API_KEY, which must be the server's own.",
            "",
            "Examples:",
            "  headway limits top",
            "  headway limits top --once --count 50",
            "  headway limits top --url https://train.example",
            "  headway limits top --socket /run/headway/headway.sock",
            "",
            "Exit codes: 0 done, 1 the server does not tell, 2 wrong arguments."
        })
final class LimitsTopCommand implements Callable<Integer> {
    private static final int MAX_COUNT = 100;
    private static final String UNIX = "unix:";

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The address of the server (http:// with HOST and PORT).")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "The Unix socket that the server listens on (HOST, if that is unix:PATH).")
    private Optional<Path> socket = Optional.empty();

    @Option(
            names = "--count",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description = "So many clients, 1 to 100 (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--once", description = "One look, and end; so it is also when nobody looks on.")
    private boolean once;

    LimitsTopCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        TopScreen screen = new TopScreen(source(), spec.commandLine().getOut(), surroundings.ticker());
        try {
            if (once || !Ansi.AUTO.enabled()) {
                screen.once();
            } else {
                screen.live(LimitsTopCommand::aSecondPasses);
            }
            return Main.OK;
        } catch (NoLook failure) {
            spec.commandLine().getErr().println("headway: " + failure.getMessage());
            return Main.COULD_NOT_START;
        }
    }

    private static boolean aSecondPasses() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        return true;
    }

    private TopSource source() {
        if (count < 1 || count > MAX_COUNT) {
            throw wrong("--count is " + count + "; accepted are 1 to " + MAX_COUNT);
        }
        if (url.isPresent() && socket.isPresent()) {
            throw wrong("--url and --socket name two servers; accepted is one");
        }
        Environment environment = Environment.read(Map.of(), surroundings.environment(), surroundings.directory());
        String key = environment
                .find(Variable.ADMIN_API_KEY)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> wrong("no key: set ADMIN_API_KEY to that of the server"));
        return socket.or(() -> url.isPresent() ? Optional.empty() : presumedSocket(environment))
                .map(path -> on(path, key))
                .orElseGet(() -> at(url.orElseGet(() -> presumedUrl(environment)), key));
    }

    private TopSource on(Path path, String key) {
        try {
            return TopSource.on(surroundings.directory().resolve(path), key, count);
        } catch (IllegalArgumentException unusable) {
            throw unusable("unix:" + path, unusable);
        }
    }

    private TopSource at(String server, String key) {
        try {
            return TopSource.at(URI.create(server), key, count);
        } catch (IllegalArgumentException unusable) {
            throw unusable(server, unusable);
        }
    }

    private ParameterException unusable(String server, IllegalArgumentException reason) {
        return wrong("\"" + server + "\" or the key cannot be used: " + reason.getMessage());
    }

    /** Finds the Unix socket on which a server with the same settings would be. */
    private static Optional<Path> presumedSocket(Environment environment) {
        return Optional.of(setting(environment, Variable.HOST))
                .filter(host -> host.startsWith(UNIX))
                .map(host -> Path.of(host.substring(UNIX.length())));
    }

    /** Returns where on the network a server with the same settings would be. */
    private String presumedUrl(Environment environment) {
        String host = setting(environment, Variable.HOST);
        String port = setting(environment, Variable.PORT);
        if (port.equals("0")) {
            throw wrong("where the server is cannot be told from PORT; name it by --url");
        }
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return "http://" + (reachable.indexOf(':') < 0 ? reachable : "[" + reachable + "]") + ":" + port;
    }

    private static String setting(Environment environment, Variable variable) {
        return environment.find(variable).orElseGet(variable::defaultText).strip();
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
