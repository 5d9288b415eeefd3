package dev.headway.server.api;

import dev.headway.jobs.EngineSettings;
import dev.headway.jobs.JobEngine;
import dev.headway.jobs.Patience;
import dev.headway.jobs.QueueRules;
import dev.headway.jobs.run.ErrandSettings;
import dev.headway.jobs.run.Errands;
import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.run.TrainerSettings;
import dev.headway.jobs.run.ValidationCommand;
import dev.headway.jobs.workspace.FileNames;
import dev.headway.limiter.Ticker;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.server.api.files.FileLimits;
import dev.headway.server.api.health.HealthReports;
import dev.headway.server.api.limits.LimitsResource;
import dev.headway.server.api.validation.Validator;
import dev.headway.server.http.Json;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.Route;
import dev.headway.server.http.server.HttpServer;
import dev.headway.server.http.server.HttpSettings;
import dev.headway.server.http.server.Keys;
import dev.headway.server.metrics.ValidationMeter;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A real server with a real engine in a directory of its own, and a client for it; for one thread.
 *
 * <p>Its trainer is the shell script beside this class. The engine stands still until {@link #run} starts it, so that
 * queued jobs stay where a test wants to see them.
 */
final class ApiServer implements AutoCloseable {
    static final int MAX_EXECUTE_BYTES = 20_000;
    static final int MAX_QUEUED = 3;
    static final int MAX_VALIDATIONS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path directory;
    private final JobEngine engine;
    private final Errands errands;
    private final List<ValidationMeter.End> validationEnds = new CopyOnWriteArrayList<>();
    private final HealthReports health;
    private final List<Route> routes;
    private final HttpServer server;

    private ApiServer(Path temporary, boolean builtInTrainer, Keys keys, RateLimitSettings limits) throws IOException {
        this(temporary, builtInTrainer, keys, limits, NEVER, 4);
    }

    private ApiServer(
            Path temporary,
            boolean builtInTrainer,
            Keys keys,
            RateLimitSettings limits,
            Duration validationLimit,
            int workers)
            throws IOException {
        this.directory = temporary.toRealPath();
        Path root = Files.createDirectory(directory.resolve("root"));
        this.engine = JobEngine.open(engineSettings(directory), Clock.systemUTC());
        this.errands = Errands.open(
                new ErrandSettings(directory, Map.of(), Set.of(), Map.of(), MAX_VALIDATIONS, validationLimit));
        Throttle throttle = new Throttle(limits, MemoryStore.builder().build(), Clock.systemUTC());
        this.health = new HealthReports("0.1.0", engine::counts, throttle::status, Map.of(), Ticker.system());
        ApiSettings settings = new ApiSettings(
                "0.1.0",
                MAX_EXECUTE_BYTES,
                builtInTrainer,
                List.of(root),
                FileLimits.DEFAULT,
                keys.operator().isPresent(),
                ZoneOffset.UTC);
        this.routes = Routes.of(
                engine,
                health,
                new LimitsResource(throttle, keys.users(), Optional.empty()),
                new Validator(errands, validation(directory), (end, time) -> validationEnds.add(end), Ticker.system()),
                settings);
        this.server = HttpServer.start(
                httpSettings(workers),
                routes,
                throttle,
                limits.callers().resolver(),
                keys,
                RequestMeters.NONE,
                Ticker.system(),
                Clock.systemUTC());
    }

    /** Returns how models that were measured ended. */
    List<ValidationMeter.End> validationEnds() {
        return List.copyOf(validationEnds);
    }

    /** Starts a server whose trainer is the script. */
    static ApiServer withOwnTrainer(Path temporary) throws IOException {
        return new ApiServer(temporary, false, Keys.none(), RateLimits.disabled());
    }

    /** Starts a server that takes only what the built-in trainer can do. */
    static ApiServer withBuiltInTrainer(Path temporary) throws IOException {
        return new ApiServer(temporary, true, Keys.none(), RateLimits.disabled());
    }

    /** Starts a server that asks for keys. */
    static ApiServer withKeys(Path temporary, Keys keys) throws IOException {
        return new ApiServer(temporary, false, keys, RateLimits.disabled());
    }

    /** Starts a server that asks for keys and limits clients. */
    static ApiServer withLimits(Path temporary, Keys keys, RateLimitSettings limits) throws IOException {
        return new ApiServer(temporary, false, keys, limits);
    }

    /** Starts a server that works on one request at a time, and measures models for so long at most. */
    static ApiServer withOneWorker(Path temporary, Duration validationLimit) throws IOException {
        return new ApiServer(temporary, false, Keys.none(), RateLimits.disabled(), validationLimit, 1);
    }

    /** Lets the jobs run. */
    ApiServer run() {
        engine.start();
        return this;
    }

    List<Route> routes() {
        return routes;
    }

    JobEngine engine() {
        return engine;
    }

    /** Returns the one directory that clients may look into. */
    Path root() {
        return directory.resolve("root");
    }

    Path data() {
        return directory.resolve("data");
    }

    /** Returns status and body of the answer to a request with this JSON. */
    String post(String path, String json) throws IOException, InterruptedException {
        return text(send(HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build()));
    }

    String post(String path) throws IOException, InterruptedException {
        return text(send(
                HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()).build()));
    }

    String get(String path) throws IOException, InterruptedException {
        return text(send(HttpRequest.newBuilder(uri(path)).build()));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return Json.mapper()
                .readTree(send(HttpRequest.newBuilder(uri(path)).build()).body());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create(server.url() + path);
    }

    /** Looks at a job until it is as wanted, and returns it. */
    JsonNode await(String job, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode status = json("/api/training/status/" + job);
        while (!wanted.test(status)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the job is not what was waited for: " + status);
            }
            LockSupport.parkNanos(LOOK.toNanos());
            status = json("/api/training/status/" + job);
        }
        return status;
    }

    JsonNode await(String job, String state) throws IOException, InterruptedException {
        return await(job, status -> status.path("status").asString().equals(state));
    }

    @Override
    public void close() {
        server.close();
        errands.close();
        health.close();
        engine.close();
    }

    private static String text(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }

    private static EngineSettings engineSettings(Path directory) throws IOException {
        TrainerSettings trainer = new TrainerSettings(
                TrainerCommand.ofWords(
                        List.of("/bin/sh", script(directory, "trainer.sh").toString(), "{config}", "{job_id}")),
                directory,
                Map.of(),
                Set.of(),
                Map.of());
        EngineSettings defaults = EngineSettings.of(directory.resolve("data"), trainer);
        return new EngineSettings(
                defaults.dataDirectory(),
                FileNames.DEFAULT,
                Optional.empty(),
                new QueueRules(1, MAX_QUEUED, 1),
                Patience.DEFAULT,
                trainer,
                defaults.evalSplit(),
                defaults.maxLogBytes());
    }

    private static ValidationCommand validation(Path directory) throws IOException {
        String script = script(directory, "validator.sh").toString();
        return ValidationCommand.ofWords(List.of("/bin/sh", script, "{model}", "{data}", "{metrics}"));
    }

    private static Path script(Path directory, String name) throws IOException {
        Path script = directory.resolve(name);
        try (InputStream source = Objects.requireNonNull(ApiServer.class.getResourceAsStream(name))) {
            Files.copy(source, script);
        }
        return script;
    }

    private static HttpSettings httpSettings(int workers) {
        return new HttpSettings(
                "127.0.0.1",
                0,
                1,
                List.of(),
                new HttpSettings.Connections(1_000, 1_000),
                new HttpSettings.Deadlines(NEVER, NEVER, 1, NEVER, Duration.ofSeconds(1)),
                new HttpSettings.Drainage(65_536, 1 << 20, 0, Duration.ofSeconds(10), Duration.ofMillis(200)),
                new HttpSettings.Work(workers, 64, 256 << 20));
    }
}
