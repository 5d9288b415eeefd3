package dev.headway.server;

import dev.headway.server.config.Environment;
import dev.headway.server.config.Machine;
import dev.headway.server.config.Settings;
import dev.headway.server.config.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts a server in a directory of its own, has it answer a few requests, and stops it: the classes that a start loads are
 * then known, and the launcher keeps them in an archive that halves the next start.
 */
@Command(name = "rehearse", hidden = true, description = "Start and stop, so that the classes needed are known.")
final class RehearseCommand implements Callable<Integer> {
    private static final List<String> REQUESTS = List.of(
            "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /api/training/queue HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /api/training/status/none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "POST /api/training/execute HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"config\":{}}");

    private final Surroundings surroundings;

    RehearseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("headway-rehearsal-");
        Settings settings = settings(directory);
        try (Application application = Application.start(settings, surroundings)) {
            LogFiles.alsoTo(application.logs(), settings.log(), surroundings.zone());
            application.announce();
            for (String request : REQUESTS) {
                ask(URI.create(application.url()), request);
            }
            return 0;
        } finally {
            LogFiles.toConsole(settings.log(), surroundings.zone());
            delete(directory);
        }
    }

    /** Returns the defaults: what somebody has set for real starts does not matter here. */
    private static Settings settings(Path directory) {
        Map<Variable, String> options = Map.of(Variable.PORT, "0", Variable.HEADWAY_DATA, directory.toString());
        return Settings.of(Environment.read(options, Map.of(), directory), Machine.present());
    }

    private static void ask(URI server, String request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(RehearseCommand::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
