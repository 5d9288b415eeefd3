package dev.headway.server.api.health;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@code nvidia-smi} which GPUs there are; immutable, so threads may share it, though one asks at a time.
 *
 * <p>The program may be missing, hang (a driver in trouble does that), fail, or print what is no list of names. All that
 * means that no GPU can be used, and none of it is an error of this server. It is given a few seconds, and only what fits
 * into the pipe is read, after it has ended: a program that prints without end is stopped by the full pipe, then by the
 * clock.
 */
final class GpuProbe {
    private static final Logger LOG = LoggerFactory.getLogger(GpuProbe.class);
    private static final int MAX_OUTPUT_BYTES = 16 * 1024;
    private static final int MAX_NAME_LENGTH = 100;
    private static final Pattern LINES = Pattern.compile("\\R");

    private final Optional<Path> program;
    private final Duration patience;

    private GpuProbe(Optional<Path> program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /** Looks for the program in the directories of a PATH. */
    static GpuProbe on(String searchPath, Duration patience) {
        Optional<Path> found = Stream.of(searchPath.split(File.pathSeparator, -1))
                .filter(Predicate.not(String::isEmpty))
                .flatMap(directory -> path(directory).stream())
                .map(directory -> directory.resolve("nvidia-smi"))
                .filter(Files::isExecutable)
                .findFirst();
        return new GpuProbe(found, patience);
    }

    /** Returns the GPUs that the program lists; blocks for as long as it is given. */
    Gpus probe() {
        return program.map(this::ask).orElse(Gpus.NONE);
    }

    private static Optional<Path> path(String directory) {
        try {
            return Optional.of(Path.of(directory));
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }

    private Gpus ask(Path path) {
        try {
            return listed(new ProcessBuilder(path.toString(), "--query-gpu=name", "--format=csv,noheader")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException failed) {
            LOG.debug("{} cannot be run", path, failed);
            return Gpus.NONE;
        }
    }

    private Gpus listed(Process process) throws IOException {
        try {
            process.getOutputStream().close();
            return endsWell(process) ? names(output(process)) : Gpus.NONE;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private boolean endsWell(Process process) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String output(Process process) throws IOException {
        InputStream stream = process.getInputStream();
        byte[] bytes = stream.readNBytes(Math.min(stream.available(), MAX_OUTPUT_BYTES));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Gpus names(String output) {
        return new Gpus(LINES.splitAsStream(output)
                .map(String::strip)
                .filter(GpuProbe::isName)
                .toList());
    }

    /** Errors of the program are sentences with a colon or far longer than a name. */
    private static boolean isName(String line) {
        return !line.isEmpty()
                && line.length() <= MAX_NAME_LENGTH
                && line.chars().noneMatch(character -> character < ' ' || character == ':' || character == '\ufffd');
    }
}
