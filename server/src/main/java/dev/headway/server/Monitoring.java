package dev.headway.server;

import dev.headway.jobs.JobEngine;
import dev.headway.jobs.JobListener;
import dev.headway.server.api.Routes;
import dev.headway.server.config.Settings;
import dev.headway.server.flood.FloodLog;
import dev.headway.server.flood.FloodMeters;
import dev.headway.server.flood.Floods;
import dev.headway.server.fresh.FollowedFile;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.Route;
import dev.headway.server.http.server.HttpServer;
import dev.headway.server.http.server.HttpSettings;
import dev.headway.server.http.server.Keys;
import dev.headway.server.logging.ClientMask;
import dev.headway.server.metrics.Metrics;
import dev.headway.server.metrics.MetricsResource;
import dev.headway.server.metrics.ValidationMeter;
import dev.headway.server.throttle.Throttle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the wiring by which a server is watched: the metrics and where they are read, and who is refused; for the thread that starts it. */
final class Monitoring {
    private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);
    private static final Duration METRICS_KEEP_UP = Duration.ofSeconds(1);
    private static final Duration FLOODS_ARE_LOOKED_AT = Duration.ofSeconds(1);

    private final Settings settings;
    private final Surroundings surroundings;
    private final Closing closing;
    private final Metrics metrics;
    private final MetricsResource resource;
    private final Floods floods = new Floods();
    private final FloodLog floodLog;

    Monitoring(Settings settings, Surroundings surroundings, Closing closing) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.closing = closing;
        this.metrics = closing.add(new Metrics(surroundings.clock().withZone(surroundings.zone())));
        this.floodLog =
                closing.add(new FloodLog(floods, ClientMask.of(settings.log().clients()), surroundings.ticker()));
        this.resource = closing.add(new MetricsResource(metrics, surroundings.ticker()));
    }

    RequestMeters requests() {
        return new FloodMeters(floods, metrics.requests());
    }

    JobListener jobs() {
        return metrics.jobs();
    }

    ValidationMeter validations() {
        return metrics.validations();
    }

    /** Has it shown what comes of the files of rules and of keys, where there are such. */
    void follow(Optional<FollowedFile> limits, Optional<FollowedFile> keys) {
        metrics.showFile("limits", limits);
        metrics.showFile("keys", keys);
    }

    /** Has limits, jobs and the hours of the day shown. */
    void show(Throttle throttle, LimitStorage limits, JobEngine engine, Housekeeping housekeeping) {
        metrics.showLimits(throttle::status, limits::health, limits::statistics);
        metrics.showLeases(limits::leases);
        metrics.showJobs(engine::survey);
        housekeeping.every(METRICS_KEEP_UP, metrics::keepUp);
        housekeeping.every(FLOODS_ARE_LOOKED_AT, floodLog::look);
    }

    /** Returns the routes of the API with the one for metrics, unless that has a port of its own. */
    List<Route> among(List<Route> api) {
        if (settings.metricsPort().isPresent()) {
            return api;
        }
        List<Route> routes = new ArrayList<>(api);
        routes.add(Routes.metrics(resource));
        return routes;
    }

    /** Logs that strangers may read the metrics, if they may. */
    static void announce(Settings settings) {
        HttpSettings listener = settings.metricsPort().orElse(settings.http());
        if (settings.keys().metrics().isEmpty() && !listener.isLocal()) {
            LOG.warn(
                    "Whoever reaches {}:{} may read /metrics. To close it set METRICS_API_KEY, or METRICS_PORT with"
                            + " METRICS_HOST=127.0.0.1, or have the proxy in front of the server hide it",
                    listener.host(),
                    listener.port());
        }
    }

    /** Has the connections of the API shown, and opens the port for metrics, if they have one. */
    void listen(HttpServer api, Throttle throttle, Keys keys) {
        metrics.showConnections(api::connections);
        metrics.showTrials(throttle.trials());
        settings.metricsPort().ifPresent(own -> {
            HttpServer server = closing.add(HttpServer.start(
                    own,
                    List.of(Routes.metrics(resource)),
                    throttle,
                    settings.rateLimits().callers().resolver(),
                    keys,
                    RequestMeters.NONE,
                    surroundings.ticker(),
                    surroundings.clock()));
            LOG.info("Metrics are at {}/metrics", server.url());
        });
    }
}
