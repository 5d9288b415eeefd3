package dev.headway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis of the test's own, and what can happen to it. For one thread. */
final class TestRedis implements AutoCloseable {
    private final int port;
    private final List<String> settings;
    private RedisServer server;
    private String pid;

    private TestRedis(int port, List<String> settings) {
        this.port = port;
        this.settings = settings;
        this.server = launch();
        this.pid = pid();
    }

    /** Starts one with lines of its settings besides. */
    static TestRedis start(String... settings) {
        return new TestRedis(freePort(), List.of(settings));
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RedisServer launch() {
        try {
            RedisServerBuilder builder = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("repl-diskless-sync yes")
                    .setting("repl-diskless-sync-delay 0");
            settings.forEach(builder::setting);
            RedisServer launched = builder.build();
            launched.start();
            return launched;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Redis on port " + port, e);
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** The answer to commands, a line each, as far as it comes at once. */
    String ask(String... commands) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String lines = String.join("\r\n", commands) + "\r\n";
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[16_384];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", commands), e);
        }
    }

    private String pid() {
        return ask("INFO server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Sends a signal such as STOP, which lets it neither answer nor refuse, or CONT. */
    void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, pid).start();
            if (!kill.waitFor(30, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("kill -" + name + " " + pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("kill -" + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop Redis on port " + port, e);
        }
    }

    /** Starts it again, empty, where it was. */
    void startAgain() {
        server = launch();
        pid = pid();
    }

    @Override
    public void close() {
        stop();
    }
}
