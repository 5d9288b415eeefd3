package dev.headway.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Hands over to the trainer, a program of its own, which examines a model on data that it has not seen. */
@Command(
        name = "evaluate",
        description = "Have a trained model answer a data set, and count the answers that are exactly right.")
final class EvaluateCommand implements Callable<Integer> {
    private static final int COULD_NOT_START = 1;

    private final Home home;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Everything: what the options are, the trainer knows. */
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    EvaluateCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> command = new ArrayList<>(home.trainerProgram());
        command.add("evaluate");
        command.addAll(arguments);
        ProcessBuilder trainer = new ProcessBuilder(command).inheritIO();
        trainer.environment()
                .putAll(home.trainerEnvironment(Runtime.getRuntime().availableProcessors()));
        trainer.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        try {
            return trainer.start().waitFor();
        } catch (IOException failure) {
            spec.commandLine().getErr().println("headway: the trainer cannot be started: " + failure.getMessage());
            return COULD_NOT_START;
        }
    }
}
