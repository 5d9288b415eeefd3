package dev.headway.server.http.server;

import dev.headway.server.Await;
import dev.headway.server.RepositoryFile;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real nginx in front of servers, with a file that is shipped, on a free port; for one test. */
final class Nginx implements AutoCloseable {
    private final Optional<Process> process;
    private final int port;

    private Nginx(Optional<Process> process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Stands where no nginx has been started. */
    static Nginx none() {
        return new Nginx(Optional.empty(), -1);
    }

    static boolean isInstalled() {
        return program().isPresent();
    }

    /**
     * Starts nginx and returns when it accepts connections.
     *
     * @param directory where it keeps its files
     * @param shipped a file of deploy/nginx
     * @param servers the ports of loopback on which the servers listen that the file names
     */
    static Nginx start(Path directory, String shipped, Map<String, Integer> servers) throws IOException {
        int port = freePort();
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), configuration(port, shipped, servers));
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        directory.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.out").toFile())
                .start();
        Await.until("nginx accepts connections", () -> !process.isAlive() || accepts(port));
        if (!process.isAlive()) {
            throw new IOException("nginx ended: " + Files.readString(directory.resolve("nginx.out")));
        }
        return new Nginx(Optional.of(process), port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.ifPresent(nginx -> {
            nginx.destroy();
            nginx.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        });
    }

    /** Returns the shipped file with other ports, inside what Debian's nginx.conf has around it. */
    private static String configuration(int port, String shipped, Map<String, Integer> servers) throws IOException {
        String site = replaceOnce(
                RepositoryFile.read("deploy/nginx/" + shipped), "listen 80;", "listen 127.0.0.1:" + port + ";");
        for (Map.Entry<String, Integer> server : servers.entrySet()) {
            site = replaceOnce(site, "server " + server.getKey(), "server 127.0.0.1:" + server.getValue());
        }
        return """
                daemon off;
                master_process off;
                pid nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                %s
                }
                """.formatted(site);
    }

    private static String replaceOnce(String text, String old, String other) {
        if (text.indexOf(old) < 0 || text.indexOf(old) != text.lastIndexOf(old)) {
            throw new IllegalStateException("not once in the file: " + old);
        }
        return text.replace(old, other);
    }

    private static Optional<Path> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/sbin";
        return List.of(path.split(File.pathSeparator, -1)).stream()
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
