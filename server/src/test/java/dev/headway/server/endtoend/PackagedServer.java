package dev.headway.server.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged server as a process of its own, and a client for it. For one thread. */
final class PackagedServer implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("headway.home"));
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path output;
    private final String address;

    private PackagedServer(Process process, Path output) {
        this.process = process;
        this.output = output;
        Await.until(
                "the server prints its address",
                () -> !process.isAlive() || printedAddress().find());
        Matcher printed = printedAddress();
        if (!printed.find()) {
            throw new IllegalStateException("the server ended with " + process.exitValue() + ":\n" + output());
        }
        this.address = printed.group();
    }

    /** Starts a server on a free port and returns when it has printed its address. */
    static PackagedServer start(Path directory, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(directory, "server-", ".out");
        return new PackagedServer(launch(directory, output, environment, "--port", "0"), output);
    }

    /** Runs a server that is expected not to start, and returns its exit code followed by what it printed. */
    static List<String> refusedStart(Path directory, String... options) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "refused-", ".out");
        Process process = launch(directory, output, Map.of(), options);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server started though it should not:\n" + Files.readString(output));
        }
        List<String> printed = new ArrayList<>(List.of(Integer.toString(process.exitValue())));
        printed.addAll(Files.readAllLines(output));
        return printed;
    }

    /** Returns the directory that the launcher lies in. */
    static Path home() {
        return HOME;
    }

    private static Process launch(Path directory, Path output, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dheadway.home=" + HOME,
                "-jar",
                HOME.resolve("server/target/headway-server.jar").toString(),
                "serve",
                "--data",
                directory.resolve("var").toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Matcher printedAddress() {
        return ADDRESS.matcher(output());
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "";
        }
    }

    int port() {
        return URI.create(address).getPort();
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
    }

    JsonNode post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .POST(BodyPublishers.noBody())
                .build());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address + path)).build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        return JSON.readTree(response.body());
    }

    JsonNode status(String job) {
        try {
            return get("/api/training/status/" + job);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the job's status is as described and returns it; the clock of this wait is the job's, not the test's. */
    JsonNode awaitStatus(String job, String description, Predicate<JsonNode> wanted) {
        Await.until("job " + job + " " + description, () -> wanted.test(status(job)));
        return status(job);
    }

    /** Asks the server to end, as a service manager does, and returns its exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /** Takes the server away without a warning. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
