package dev.headway.benchmarks.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program {@code redis-benchmark}, which comes with Redis; written in C, with a connection for each of its callers. For one thread. */
final class RedisBenchmark {

    /** What it replaces by a random number of twelve digits. */
    static final String RANDOM = "__rand_int__";

    private static final String NAME = "redis-benchmark";
    private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");

    private final Path program;
    private final int port;

    private RedisBenchmark(Path program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Finds it on the PATH. */
    static Optional<RedisBenchmark> find(int port) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new RedisBenchmark(program, port));
    }

    /** Sends a command so many times with sixteen callers, about so many keys at random; returns how often it did so per second. */
    double perSecond(SeenCommand command, int times, int keys) {
        List<String> words = new ArrayList<>(List.of(
                program.toString(),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-c",
                String.valueOf(Callers.COUNT),
                "-n",
                String.valueOf(times),
                "-r",
                String.valueOf(keys),
                "-q"));
        words.addAll(command.words());
        return lastRate(output(words));
    }

    private static String output(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream printed = process.getInputStream()) {
                return new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + NAME, e);
        }
    }

    /** Reads the rate behind the last carriage return of what it prints; throws {@link IllegalStateException} if there is none. */
    static double lastRate(String output) {
        Matcher matcher = RATE.matcher(output);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(matcher.group(1));
        }
        return last.map(Double::parseDouble)
                .orElseThrow(() -> new IllegalStateException(NAME + " told no rate: " + output.strip()));
    }
}
