package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import redis.embedded.RedisServer;

/** A Redis server of the test's own on a free port, and a plain connection to look into it. One thread uses it. */
final class RealRedis implements AutoCloseable {

    private final int port;
    private final RedisClient client;
    private RedisServer server;
    private String pid;

    private RealRedis(int port) {
        this.port = port;
        this.server = launch(port);
        this.client = RedisClient.create(uri());
        this.pid = pid(commands());
    }

    static RealRedis start() {
        return new RealRedis(freePort());
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uri() {
        return uri(port);
    }

    static String uri(int port) {
        return "redis://127.0.0.1:" + port;
    }

    /** Commands on a connection that this opens. */
    RedisCommands<String, String> commands() {
        return client.connect().sync();
    }

    /** Sends one command that the client library has no method for, and waits for it to be done. */
    void say(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] ok = socket.getInputStream().readNBytes(5);
            assertThat(new String(ok, StandardCharsets.US_ASCII)).as(command).isEqualTo("+OK\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    /** A store that is not hurried by a busy machine. */
    RedisStore.Builder patientStore() {
        return RedisStore.builder(uri()).deadline(Duration.ofSeconds(20));
    }

    /** Stops the process without ending it, so that it neither answers nor refuses, or lets it go on. */
    void signal(String name) {
        Signals.send(name, Long.parseLong(pid));
    }

    private static String pid(RedisCommands<String, String> commands) {
        return commands.info("server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Stops the server and starts an empty one on the same port. */
    void restartEmpty() {
        stop();
        server = launch(port);
        pid = pid(commands());
    }

    private static RedisServer launch(int port) {
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Redis on port " + port, e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop Redis on port " + port, e);
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        stop();
    }
}
