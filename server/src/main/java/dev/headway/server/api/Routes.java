package dev.headway.server.api;

import static dev.headway.server.http.Access.FILESYSTEM_KEY;
import static dev.headway.server.http.Access.METRICS_KEY;
import static dev.headway.server.http.Access.OPEN;
import static dev.headway.server.http.Access.OPERATOR_KEY;
import static dev.headway.server.http.Access.TRAINING_KEY;
import static dev.headway.server.http.Handler.Where.EVENT_LOOP;
import static dev.headway.server.http.Handler.asynchronous;
import static dev.headway.server.http.Handler.blocking;
import static dev.headway.server.http.Route.delete;
import static dev.headway.server.http.Route.get;
import static dev.headway.server.http.Route.post;
import static dev.headway.server.throttle.settings.LimitClass.EXECUTE;
import static dev.headway.server.throttle.settings.LimitClass.FILESYSTEM;
import static dev.headway.server.throttle.settings.LimitClass.GENERAL;
import static dev.headway.server.throttle.settings.LimitClass.NONE;
import static dev.headway.server.throttle.settings.LimitClass.READ;

import dev.headway.jobs.JobEngine;
import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.server.api.files.FilesystemResource;
import dev.headway.server.api.health.HealthReports;
import dev.headway.server.api.jobs.JobResource;
import dev.headway.server.api.jobs.LifecycleResource;
import dev.headway.server.api.jobs.SubmissionResource;
import dev.headway.server.api.limits.LimitsResource;
import dev.headway.server.api.submission.BuiltInTrainer;
import dev.headway.server.api.validation.ValidationResource;
import dev.headway.server.api.validation.Validator;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Route;
import dev.headway.server.metrics.MetricsResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole API on one screen: verb, path, limit, key, body, and the method that answers. Pure functions.
 *
 * <p>To add an endpoint, write the method in the class of its resource and the line here; limiting, keys and the bound on
 * the body follow from the line.
 */
public final class Routes {
    private static final BodyRule NO_BODY = BodyRule.ignored();
    private static final BodyRule JSON = BodyRule.upTo(1 << 20);

    private Routes() {}

    /**
     * Returns the routes in the order in which they match.
     *
     * @param engine runs the jobs
     * @param health says how the server is; the caller closes it
     * @param limits says how limits stand
     * @param validator measures models
     * @param settings what can be chosen
     */
    public static List<Route> of(
            JobEngine engine, HealthReports health, LimitsResource limits, Validator validator, ApiSettings settings) {
        List<Route> routes = new ArrayList<>(everybodys(engine, health, limits, validator, settings));
        if (settings.hasOperator()) {
            routes.addAll(operators(limits));
        }
        return routes;
    }

    /** Returns the route by which Prometheus reads, on the port of the API or on one of its own. */
    public static Route metrics(MetricsResource metrics) {
        return get("/metrics", NONE, METRICS_KEY, new Handler(EVENT_LOOP, metrics::metrics));
    }

    private static List<Route> operators(LimitsResource limits) {
        return List.of(
                get("/api/admin/limits/top", READ, OPERATOR_KEY, blocking(limits::top)),
                get("/api/admin/limits/policy", READ, OPERATOR_KEY, blocking(limits::policy)),
                post("/api/admin/limits/reload", GENERAL, OPERATOR_KEY, NO_BODY, blocking(limits::reload)),
                get("/api/admin/limits/{client}", READ, OPERATOR_KEY, blocking(limits::client)),
                delete("/api/admin/limits/{client}", READ, OPERATOR_KEY, blocking(limits::reset)));
    }

    private static List<Route> everybodys(
            JobEngine engine, HealthReports health, LimitsResource limits, Validator validator, ApiSettings settings) {
        AllowedRoots dataRoots = new AllowedRoots(settings.allowedRoots());
        AllowedRoots outputRoots = outputRoots(engine, settings);
        var submission = new SubmissionResource(engine, dataRoots, builtInTrainer(settings, outputRoots));
        var validation = new ValidationResource(validator, dataRoots, outputRoots);
        var lifecycle = new LifecycleResource(engine, outputRoots);
        var job = new JobResource(engine, settings.fileTimeZone());
        var files = new FilesystemResource(settings.allowedRoots(), settings.fileLimits(), settings.fileTimeZone());
        BodyRule large = BodyRule.upTo(settings.maxExecuteBytes());
        return List.of(
                get("/health", NONE, OPEN, new Handler(EVENT_LOOP, request -> health.report())),
                get("/api/limits", READ, OPEN, blocking(limits::mine)),
                post("/api/training/execute", EXECUTE, TRAINING_KEY, large, blocking(submission::execute)),
                post("/api/training/validate", GENERAL, TRAINING_KEY, JSON, asynchronous(validation::validate)),
                post("/api/training/cancel/{job_id}", GENERAL, TRAINING_KEY, NO_BODY, asynchronous(lifecycle::cancel)),
                post("/api/training/pause/{job_id}", GENERAL, TRAINING_KEY, NO_BODY, asynchronous(lifecycle::pause)),
                post("/api/training/resume/{job_id}", GENERAL, TRAINING_KEY, NO_BODY, blocking(lifecycle::resume)),
                post("/api/training/{job_id}/force-start", GENERAL, TRAINING_KEY, NO_BODY, blocking(lifecycle::start)),
                post("/api/training/reconnect", GENERAL, TRAINING_KEY, NO_BODY, blocking(lifecycle::reconnect)),
                get("/api/training/queue", READ, TRAINING_KEY, blocking(job::queue)),
                get("/api/training/status/{job_id}", READ, TRAINING_KEY, blocking(job::status)),
                get("/api/training/metrics/{job_id}", READ, TRAINING_KEY, blocking(job::metrics)),
                get("/api/training/logs/{job_id}", READ, TRAINING_KEY, blocking(job::logs)),
                get("/api/training/checkpoints/{job_id}", READ, TRAINING_KEY, blocking(job::checkpoints)),
                get("/api/training/{job_id}/errors", READ, TRAINING_KEY, blocking(job::errors)),
                post("/api/filesystem/list", FILESYSTEM, FILESYSTEM_KEY, JSON, blocking(files::list)),
                post("/api/filesystem/read", FILESYSTEM, FILESYSTEM_KEY, JSON, blocking(files::read)),
                post("/api/filesystem/info", FILESYSTEM, FILESYSTEM_KEY, JSON, blocking(files::info)));
    }

    private static Optional<BuiltInTrainer> builtInTrainer(ApiSettings settings, AllowedRoots outputRoots) {
        return settings.builtInTrainer() ? Optional.of(new BuiltInTrainer(outputRoots)) : Optional.empty();
    }

    /** Models and checkpoints lie among the logs, and jobs may always go on from there, whatever else clients may see. */
    private static AllowedRoots outputRoots(JobEngine engine, ApiSettings settings) {
        List<Path> roots = new ArrayList<>(settings.allowedRoots());
        roots.add(engine.workspace().logs());
        return new AllowedRoots(roots);
    }
}
