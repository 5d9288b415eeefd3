package dev.headway.server;

import dev.headway.limiter.Ticker;
import dev.headway.server.logging.LogSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The start of the program; the only place that knows the system's clocks, its environment and exit codes. */
@Command(
        name = "headway",
        description = "A training server that no client can run over.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.class,
        footer = {"", "Try: headway serve --help"})
public final class Main implements CommandLine.IVersionProvider {
    /** The exit code of a server that was told to stop. */
    static final int OK = 0;

    /** The exit code when the server could not start. */
    static final int COULD_NOT_START = 1;

    /** The exit code when the settings are wrong. */
    static final int WRONG_SETTINGS = 2;

    private static final int HELP_WIDTH = 110;

    /** Made by picocli, which asks for the version. */
    Main() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        ZoneId zone = ZoneId.systemDefault();
        LogFiles.toConsole(LogSettings.DEFAULT, zone);
        Surroundings surroundings = new Surroundings(
                System.getenv(),
                Home.present(),
                Path.of("").toAbsolutePath(),
                Clock.system(zone),
                Ticker.system(),
                zone);
        System.exit(commandLine(surroundings).execute(arguments));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new Main())
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new EvaluateCommand(surroundings.home()))
                .addSubcommand(new KeysCommand(surroundings))
                .addSubcommand(new CommandLine(new LimitsCommand(surroundings))
                        .addSubcommand(new LimitsTopCommand(surroundings)))
                .addSubcommand(new RehearseCommand(surroundings))
                .setUsageHelpWidth(HELP_WIDTH);
    }

    /** Ends the process with 0: being told to stop is no failure, though Java's own answer to SIGTERM is 143. */
    static void endStopped() {
        Runtime.getRuntime().halt(OK);
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Headway " + Version.TEXT};
    }
}
