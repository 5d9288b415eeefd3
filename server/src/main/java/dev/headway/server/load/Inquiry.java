package dev.headway.server.load;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that is asked something and should soon answer; immutable, so threads may share it, though one asks at a time.
 *
 * <p>The program may be missing, hang (a driver in trouble does that), fail, or print without end. It is given a time, and only what
 * fits into the pipe is read, after it has ended: a program that prints too much is stopped by the full pipe, then by the
 * clock. What is left of it then is killed, with what it has started.
 *
 * <p>It finds in its environment what programs that look at hardware need, and no secret of this server.
 */
public final class Inquiry {
    private static final int MAX_OUTPUT_BYTES = 16 * 1024;
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH");
    private static final List<String> PASSED_ON_PREFIXES = List.of("LC_", "CUDA_", "NVIDIA_", "ROCR_", "HIP_");

    private final List<String> command;
    private final Map<String, String> environment;
    private final Duration patience;

    /**
     * Prepares the question.
     *
     * @param command the program and its arguments
     * @param environment the variables of this server, some of which are passed on
     * @param patience how long an answer is waited for
     */
    public Inquiry(List<String> command, Map<String, String> environment, Duration patience) {
        this.command = List.copyOf(command);
        this.environment = environment.entrySet().stream()
                .filter(variable -> isPassedOn(variable.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        this.patience = patience;
    }

    /** Looks for a program in the directories of a PATH. */
    public static Optional<Path> find(String program, String searchPath) {
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .filter(Predicate.not(String::isEmpty))
                .flatMap(directory -> path(directory).stream())
                .map(directory -> directory.resolve(program))
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What came of it; immutable. */
    public sealed interface Reply {
        /**
         * The program has answered.
         *
         * @param output what it printed, cut off at 16 KiB
         */
        record Said(String output) implements Reply {}

        /**
         * It has not.
         *
         * @param reason why, as a part of a sentence
         */
        record Failed(String reason) implements Reply {}
    }

    /** Asks, and waits for as long as the program is given. */
    public Reply ask() {
        ProcessBuilder program = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        program.environment().clear();
        program.environment().putAll(environment);
        try {
            return reply(program.start());
        } catch (IOException failed) {
            return new Reply.Failed("it cannot be run: " + failed.getMessage());
        }
    }

    private Reply reply(Process process) throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Reply.Failed("it gave no answer within " + patience.toMillis() + " ms");
            }
            return process.exitValue() == 0
                    ? new Reply.Said(output(process))
                    : new Reply.Failed("it ended with exit code " + process.exitValue());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Reply.Failed("this server is stopping");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String output(Process process) throws IOException {
        InputStream stream = process.getInputStream();
        byte[] bytes = stream.readNBytes(Math.min(stream.available(), MAX_OUTPUT_BYTES));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean isPassedOn(String name) {
        return PASSED_ON.contains(name) || PASSED_ON_PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static Optional<Path> path(String directory) {
        try {
            return Optional.of(Path.of(directory));
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }
}
