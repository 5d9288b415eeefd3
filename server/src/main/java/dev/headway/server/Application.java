package dev.headway.server;

import dev.headway.jobs.EngineSettings;
import dev.headway.jobs.JobEngine;
import dev.headway.jobs.run.TrainerSettings;
import dev.headway.server.api.ApiSettings;
import dev.headway.server.api.Endpoints;
import dev.headway.server.api.Routes;
import dev.headway.server.api.health.HealthReports;
import dev.headway.server.api.limits.LimitsResource;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.keys.KeyWatch;
import dev.headway.server.caller.keys.KnownUsers;
import dev.headway.server.config.KeySettings;
import dev.headway.server.config.Settings;
import dev.headway.server.http.server.EventLoops;
import dev.headway.server.http.server.HttpServer;
import dev.headway.server.http.server.Keys;
import dev.headway.server.load.LoadWatch;
import dev.headway.server.policy.Known;
import dev.headway.server.policy.PolicyKeeper;
import dev.headway.server.throttle.LoadSignal;
import dev.headway.server.throttle.Throttle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wiring: everything the server is made of, made in the order of dependency and closed in reverse; safe to share
 * between threads.
 */
final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);
    private static final Duration KEYS_ARE_LOOKED_AT = Duration.ofSeconds(1);
    private static final Duration POLICY_IS_LOOKED_AT = Duration.ofSeconds(1);
    private static final Duration STORE_IS_LOOKED_AT = Duration.ofSeconds(1);
    private static final Duration REFUSALS_ARE_TOLD = Duration.ofMinutes(5);
    private static final long MAX_LOG_BYTES = 1L << 30;

    private final Settings settings;
    private final Home home;
    private final Closing closing;
    private final Throttle throttle;
    private final Optional<PolicyKeeper> policy;
    private final JobEngine engine;
    private final HttpServer http;

    private Application(
            Settings settings,
            Home home,
            Closing closing,
            Throttle throttle,
            Optional<PolicyKeeper> policy,
            JobEngine engine,
            HttpServer http) {
        this.settings = settings;
        this.home = home;
        this.closing = closing;
        this.throttle = throttle;
        this.policy = policy;
        this.engine = engine;
        this.http = http;
    }

    /**
     * Starts a server.
     *
     * @throws dev.headway.jobs.job.JobsException with a sentence for the operator when the data directory is in use, not
     *     writable, or holds a database that cannot be used
     * @throws dev.headway.server.http.server.PortUnavailable when the address cannot be listened on
     */
    static Application start(Settings settings, Surroundings surroundings) {
        Closing closing = new Closing();
        try {
            return start(settings, surroundings, closing);
        } catch (RuntimeException failure) {
            closing.close();
            throw failure;
        }
    }

    private static Application start(Settings settings, Surroundings surroundings, Closing closing) {
        EventLoops eventLoops = closing.add(EventLoops.prepare(settings.http()));
        Monitoring monitoring = new Monitoring(settings, surroundings, closing);
        LimitStorage limits = closing.add(LimitStorage.open(settings.rateLimits(), surroundings.ticker()));
        LoadSignal load = LoadSignal.off();
        Throttle throttle =
                new Throttle(settings.rateLimits(), limits.store(), limits::health, load, surroundings.clock());
        JobEngine engine = closing.add(
                JobEngine.open(engineSettings(settings, surroundings), surroundings.clock(), monitoring.jobs()));
        watchLoad(settings, engine, surroundings, load, closing);
        HealthReports health = closing.add(new HealthReports(
                Version.TEXT, engine::counts, throttle::status, surroundings.environment(), surroundings.ticker()));
        Housekeeping housekeeping = closing.add(new Housekeeping("housekeeping"));
        housekeeping.every(STORE_IS_LOOKED_AT, limits::look);
        housekeeping.every(
                REFUSALS_ARE_TOLD,
                () -> throttle.refusals().turn(surroundings.clock().instant()));
        monitoring.show(throttle, limits, engine, housekeeping);
        Optional<KeyWatch> users = users(settings.keys(), housekeeping, surroundings);
        Keys keys = keys(settings.keys(), users.map(KeyWatch::users));
        Optional<PolicyKeeper> policy = policy(settings, throttle, keys, housekeeping, surroundings);
        monitoring.follow(policy.map(PolicyKeeper::followed), users.map(KeyWatch::followed));
        Validations validations = closing.add(Validations.open(settings, surroundings, monitoring.validations()));
        HttpServer http = closing.add(eventLoops.serve(
                monitoring.among(Routes.of(
                        engine,
                        health,
                        new LimitsResource(throttle, keys.users(), policy),
                        validations.validator(),
                        apiSettings(settings, surroundings))),
                throttle,
                settings.rateLimits().callers().resolver(),
                keys,
                monitoring.requests(),
                surroundings.ticker(),
                surroundings.clock()));
        monitoring.listen(http, throttle, keys);
        engine.start();
        return new Application(settings, surroundings.home(), closing, throttle, policy, engine, http);
    }

    /** Watches the load on a thread of its own, since a look may take seconds. */
    private static void watchLoad(
            Settings settings, JobEngine engine, Surroundings surroundings, LoadSignal load, Closing closing) {
        if (!settings.rateLimits().enabled()) {
            return;
        }
        LoadWatch.of(settings.load(), engine::counts, surroundings.environment(), load, surroundings.clock())
                .ifPresent(watch -> closing.add(new Housekeeping("load"))
                        .every(settings.load().interval(), watch::look));
    }

    /** Lets the rules hold, and follows their file. */
    private static Optional<PolicyKeeper> policy(
            Settings settings, Throttle throttle, Keys keys, Housekeeping housekeeping, Surroundings surroundings) {
        return settings.policy().source().map(source -> {
            throttle.adopt(settings.policy().policy());
            Known known = new Known(Endpoints.limited(), settings.rateLimits(), keys.users());
            PolicyKeeper keeper = new PolicyKeeper(source.file(), source.name(), known, throttle, surroundings.clock());
            housekeeping.every(POLICY_IS_LOOKED_AT, keeper::look);
            return keeper;
        });
    }

    /** Keeps the users up with their file, if there is one. */
    private static Optional<KeyWatch> users(
            KeySettings settings, Housekeeping housekeeping, Surroundings surroundings) {
        return settings.usersFile().map(file -> {
            KnownUsers known = new KnownUsers(settings.users());
            KeyWatch watch = new KeyWatch(file, settings.users(), known, surroundings.clock());
            housekeeping.every(KEYS_ARE_LOOKED_AT, watch::look);
            return watch;
        });
    }

    private static Keys keys(KeySettings settings, Optional<KnownUsers> users) {
        return new Keys(users, settings.filesystem(), settings.operator(), settings.metrics());
    }

    /** Returns the address to reach the server at. */
    String url() {
        return http.url();
    }

    /** Returns the directory of logs and models. */
    Path logs() {
        return engine.workspace().logs();
    }

    /** Reads the file of rules again, if there is one, and logs what comes of it. */
    void reloadLimits() {
        policy.ifPresentOrElse(
                PolicyKeeper::reload, () -> LOG.info("LIMITS_FILE is not set, so there is nothing to read again"));
    }

    /** Logs what an operator should know at the start. */
    void announce() {
        throttle.announce();
        Monitoring.announce(settings);
        settings.policy().warnings().forEach(warning -> LOG.warn("{}", warning));
        if (policy.isPresent() && !settings.rateLimits().enabled()) {
            LOG.warn("LIMITS_FILE is set, but RATE_LIMIT_ENABLED turns all limits off");
        }
        if (settings.rateLimits().callers().countedBy() != CountedBy.IP
                && settings.keys().usersFile().isEmpty()) {
            LOG.warn("RATE_LIMIT_KEY counts by user, but there are no users: API_KEYS_FILE is not set."
                    + " Everybody is counted by address.");
        }
        if (settings.jobs().trainer().isEmpty() && !home.hasTrainer()) {
            LOG.warn(
                    "The built-in trainer is missing: there is no {}. Jobs will fail until it is built"
                            + " (./headway builds it) or TRAINER_COMMAND names a trainer of your own.",
                    home.trainerJar());
        }
    }

    /** Accepts nothing more, lets what is in flight be answered, and lets go of everything; trainers run on. */
    @Override
    public void close() {
        http.shutdown(settings.shutdownGrace());
        closing.close();
    }

    private static EngineSettings engineSettings(Settings settings, Surroundings surroundings) {
        TrainerSettings trainer = new TrainerSettings(
                settings.jobs().trainer().orElseGet(surroundings.home()::trainer),
                surroundings.directory(),
                surroundings.environment(),
                settings.jobs().passthrough(),
                surroundings.home().trainerEnvironment(threadsPerTrainer(settings)));
        return new EngineSettings(
                settings.data(),
                settings.jobs().fileNames(),
                settings.jobs().databaseUrl(),
                settings.jobs().queue(),
                settings.jobs().patience(),
                trainer,
                settings.jobs().evalSplit(),
                MAX_LOG_BYTES);
    }

    /** The cores are shared out among the jobs that may run at once. */
    private static int threadsPerTrainer(Settings settings) {
        return Math.max(
                1,
                Runtime.getRuntime().availableProcessors()
                        / settings.jobs().queue().maxConcurrent());
    }

    private static ApiSettings apiSettings(Settings settings, Surroundings surroundings) {
        return new ApiSettings(
                Version.TEXT,
                settings.jobs().maxRequestBytes(),
                settings.jobs().trainer().isEmpty(),
                settings.files().allowedRoots(),
                settings.files().limits(),
                settings.keys().operator().isPresent(),
                surroundings.zone());
    }
}
