package dev.headway.trainer;

import dev.headway.trainer.loop.StopSignal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
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
                new Machine(output(), Clock.system(ZoneId.systemDefault()), System::nanoTime, System.getenv());
        Lifeline lifeline = new Lifeline(System.in, () -> gate.leave(STOPPED));
        gate.leave(commandLine(machine, gate, lifeline).execute(arguments));
    }

    /** Data sets are UTF-8 whatever the locale, so what is shown of them is too. */
    private static PrintStream output() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    /** Returns the command line of the program on a machine. */
    static CommandLine commandLine(Machine machine, StopSignal stop, Lifeline lifeline) {
        return new CommandLine(new TrainCommand(machine, stop))
                .addSubcommand(new EvaluateCommand(machine))
                .addSubcommand(new ValidateCommand(machine, lifeline));
    }
}
