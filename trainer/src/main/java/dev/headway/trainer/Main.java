package dev.headway.trainer;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import picocli.CommandLine;

/**
 * The start of the program; the only place that knows the system's clocks, its environment and exit codes.
 *
 * <p>The Java machine leaves by {@link ShutdownGate}, never by returning from here: see there why.
 */
public final class Main {
    /** The exit code when all went well. */
    static final int OK = 0;

    /** The exit code when training or evaluating failed. */
    static final int FAILED = 1;

    /** The exit code when the run was asked to stop and saved what it had: what the shell says of a SIGTERM. */
    static final int STOPPED = 143;

    private Main() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        ShutdownGate gate = ShutdownGate.install();
        Machine machine =
                new Machine(System.out, Clock.system(ZoneId.systemDefault()), System::nanoTime, System.getenv());
        CommandLine commandLine = new CommandLine(new TrainCommand(machine, gate))
                .addSubcommand(new EvaluateCommand(machine))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        gate.leave(commandLine.execute(arguments));
    }
}
