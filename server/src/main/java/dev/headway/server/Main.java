package dev.headway.server;

import dev.headway.limiter.Ticker;
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
    private static final int HELP_WIDTH = 110;

    /** Made by picocli, which asks for the version. */
    Main() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        LogFiles.toConsole();
        ZoneId zone = ZoneId.systemDefault();
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
                .addSubcommand(new RehearseCommand(surroundings))
                .setUsageHelpWidth(HELP_WIDTH);
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Headway " + Version.TEXT};
    }
}
