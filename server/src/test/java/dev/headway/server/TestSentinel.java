package dev.headway.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real Sentinel that watches a master by the name of limits, where {@code redis-server} is installed. For one thread. */
final class TestSentinel implements AutoCloseable {
    private final Process process;
    private final int port;

    private TestSentinel(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where none can be started; returns when it knows the replica. */
    static TestSentinel start(Path directory, int master, int replica) throws IOException {
        Optional<Path> program = find();
        assumeTrue(program.isPresent(), "redis-server is not on the PATH (Debian: redis-server); the test is skipped");
        int port = TestRedis.freePort();
        Path file = Files.write(
                directory.resolve("sentinel.conf"),
                List.of(
                        "port " + port,
                        "bind 127.0.0.1",
                        "dir " + directory,
                        "sentinel monitor limits 127.0.0.1 " + master + " 1",
                        "sentinel down-after-milliseconds limits 500",
                        "sentinel failover-timeout limits 3000"));
        Process process = new ProcessBuilder(program.get().toString(), file.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sentinel.log").toFile())
                .start();
        TestSentinel sentinel = new TestSentinel(process, port);
        Await.until("a Sentinel that knows the replica", () -> {
            String known = sentinel.ask("SENTINEL REPLICAS limits");
            return known.contains("127.0.0.1:" + replica) && known.contains("master-link-status\r\n$2\r\nok");
        });
        return sentinel;
    }

    private static Optional<Path> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    String uri() {
        return "redis-sentinel://127.0.0.1:" + port + "?master=limits";
    }

    private String ask(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[16_384];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        } catch (IOException notYet) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
