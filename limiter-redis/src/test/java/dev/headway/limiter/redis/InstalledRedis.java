package dev.headway.limiter.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server of the {@code redis-server} that is installed on this machine, on a free port and in a directory of its own. For one thread. */
final class InstalledRedis implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final Process process;
    private final int port;

    private InstalledRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where none is installed. */
    static void require() {
        assumeTrue(find().isPresent(), PROGRAM + " is not on the PATH (Debian: redis-server); the test is skipped");
    }

    private static Optional<Path> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a server with further words on its command line, and waits until it listens. */
    static InstalledRedis start(Path directory, String... options) {
        int port = RealRedis.freePort();
        return start(directory, port, port, options);
    }

    /** Starts one that listens at another port for TLS. */
    static InstalledRedis startSecure(Path directory, String... options) {
        int port = RealRedis.freePort();
        return start(directory, 0, port, options);
    }

    private static InstalledRedis start(Path directory, int plainPort, int port, String... options) {
        List<String> words = new ArrayList<>(
                List.of(find().orElseThrow().toString(), "--port", String.valueOf(plainPort), "--bind", "127.0.0.1"));
        words.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
        if (plainPort == 0) {
            words.addAll(List.of("--tls-port", String.valueOf(port)));
        }
        words.addAll(List.of(options));
        return launch(words, directory, port);
    }

    /** Starts a Sentinel with these lines in its file. */
    static InstalledRedis startSentinel(Path directory, String... lines) throws IOException {
        int port = RealRedis.freePort();
        Path file = directory.resolve("sentinel-" + port + ".conf");
        List<String> all = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + directory));
        all.addAll(List.of(lines));
        Files.write(file, all);
        return launch(List.of(find().orElseThrow().toString(), file.toString(), "--sentinel"), directory, port);
    }

    private static InstalledRedis launch(List<String> words, Path directory, int port) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("redis-" + port + ".log").toFile())
                    .start();
            InstalledRedis redis = new InstalledRedis(process, port);
            Await.until("Redis on port " + port, redis::listening);
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + words, e);
        }
    }

    private Optional<Boolean> listening() {
        if (!process.isAlive()) {
            throw new AssertionError("Redis on port " + port + " ended with " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return Optional.of(socket.isConnected());
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    int port() {
        return port;
    }

    /** The answer to one command, as far as it comes at once. */
    String ask(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[8192];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    /** Lets it answer nothing any more, and refuse nothing; or lets it go on. */
    void signal(String name) {
        Signals.send(name, process.pid());
    }

    /** Ends it at once, as a crash does. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("Redis on port " + port + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while Redis ended", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
