package dev.headway.server.config;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every environment variable that the server reads, with its default; immutable.
 *
 * <p>This list is the one place where names and defaults are written down. An empty default means that there is none.
 */
public enum Variable {
    HOST("127.0.0.1", "the address to listen on, or unix: and the path of a socket"),
    PORT("8000", "the port to listen on; 0 takes any free one"),
    HEADWAY_DATA("./var", "the directory for jobs, logs and models"),
    CORS_ALLOWED_ORIGINS("http://localhost:3000", "origins whose web pages may call, joined by commas; * for all"),

    RATE_LIMIT_ENABLED("true", "false turns all limits off"),
    RATE_LIMIT_TRAINING_EXECUTE("10/minute", "submitting jobs"),
    RATE_LIMIT_TRAINING_GENERAL("30/minute", "validate, cancel, pause, resume, force-start, reconnect; each its own"),
    RATE_LIMIT_FILESYSTEM("60/minute", "the filesystem routes; each its own"),
    RATE_LIMIT_READ("600/minute", "the other GET routes; each its own"),
    RATE_LIMIT_DOWNLOAD("10/minute", "zip downloads"),
    RATE_LIMIT_AUTH_FAILURE("10/minute", "keys that are none, from one network"),
    RATE_LIMIT_FREE_TIER("5/minute", "submitting jobs, for users of tier free"),
    RATE_LIMIT_PRO_TIER("20/minute", "the same for tier pro"),
    RATE_LIMIT_ENTERPRISE_TIER("100/minute", "the same for tier enterprise"),
    RATE_LIMIT_TRAINING_EXECUTE_BUSY("5/minute", "submitting jobs, while the server is busy; empty for no other limit"),
    DYNAMIC_LIMIT_SOURCE("gpu", "what tells that the server is busy: gpu, queue, command or off"),
    GPU_BUSY_PERCENT("90", "gpu and command: busy above this percentage"),
    QUEUE_BUSY_JOBS("10", "queue: busy when more jobs than these wait"),
    DYNAMIC_LIMIT_COMMAND("", "command: a line for the shell that prints how busy, 0 to 100"),
    DYNAMIC_LIMIT_INTERVAL("5", "seconds from one look at the load to the next"),
    RATE_LIMIT_ALGORITHM(
            "sliding-window",
            "how all these are counted: sliding-window, sliding-window-counter, fixed-window, token-bucket or pacing"),
    RATE_LIMIT_KEY("ip", "what a quota belongs to: ip, user or user+ip"),
    RATE_LIMIT_ALLOW("", "who is never limited: networks and users such as user:alice, joined by commas"),
    RATE_LIMIT_DENY("", "who is not served at all, in the same form"),
    RATE_LIMIT_HEADERS("all", "all, ietf, legacy or none"),
    RATE_LIMIT_MESSAGE("", "what a refusal says, with {limit}, {retry_after} and {endpoint} in it"),
    RATE_LIMIT_DOCS_URL("", "a page that every refusal names"),
    RATE_LIMIT_TRUSTED_PROXIES(
            "127.0.0.0/8,::1/128", "networks whose X-Forwarded-For is believed, joined by commas; empty for none"),
    RATE_LIMIT_IPV6_PREFIX("64", "an IPv6 client is its network of this length"),
    RATE_LIMIT_MAX_CLIENTS("1000000", "clients counted at once; each counts once per endpoint that it uses"),
    RATE_LIMIT_STORAGE_URI(
            "memory://",
            "where requests are counted: memory://, or for many servers redis://, rediss://, redis-sentinel://,"
                    + " redis-cluster:// or redis+unix://",
            true),
    RATE_LIMIT_STORE_TIMEOUT("50", "milliseconds that Redis may take for a decision, at most 1000"),
    RATE_LIMIT_ON_STORE_FAILURE("memory", "when it takes longer: memory counts in this server alone; or allow or deny"),
    RATE_LIMIT_SERVERS("1", "servers that share the limits, each of which has its share when it counts alone"),
    RATE_LIMIT_LEASE("0", "permits of a client that a server may take from Redis at once; 0 for one by one"),
    LIMITS_FILE("", "a file of rules, by endpoint, tier, user and network; these variables are its defaults"),

    MAX_REQUEST_BYTES("104857600", "the largest body of an execute request"),
    HEADWAY_MAX_CONNECTIONS("auto", "connections at once; auto leaves files for jobs"),
    HEADWAY_MAX_CONNECTIONS_PER_CLIENT("auto", "of these, from one address; auto is a quarter"),
    HEADWAY_HEAD_TIMEOUT("15", "seconds from the first byte of a request's head to its last"),
    HEADWAY_BODY_TIMEOUT("20", "seconds before a body must come at the rate"),
    HEADWAY_BODY_MIN_RATE("1024", "that rate, in bytes per second"),
    HEADWAY_IDLE_TIMEOUT("75", "seconds that an idle connection is kept"),
    HEADWAY_WORKERS("16", "requests that are worked on at once"),
    HEADWAY_SHUTDOWN_GRACE("10", "seconds that requests in flight get when the server is stopped"),

    API_KEYS_FILE("", "a file of users' keys, one of which the training routes then require"),
    FILESYSTEM_API_KEY("", "the key that the filesystem routes then require", true),
    ADMIN_API_KEY("", "the key that the admin routes require, which are not there without it", true),
    LOG_FORMAT("text", "the form of log lines: text, or json for one object a line"),
    LOG_LEVEL("info", "the least level of log lines: error, warn, info or debug"),
    LOG_CLIENT_ADDRESS("full", "how log lines name clients: full, short (the network), hash or none"),
    METRICS_API_KEY("", "the key that /metrics then requires", true),
    METRICS_PORT("", "a port of its own for /metrics, which is then on no other; 0 takes any free one"),
    METRICS_HOST("", "the address of that port; that of HOST, or 127.0.0.1 when that is a socket"),
    FILESYSTEM_ALLOWED_PATHS(
            "", "directories that may be looked into, joined by commas; ~/AI_Models, ~/Desktop/AI_Models and the logs"),
    FILESYSTEM_MAX_FILE_SIZE("104857600", "the largest file that is read, in bytes"),
    FILESYSTEM_MAX_DIR_ITEMS("1000", "the most entries of a directory that are listed"),

    TRAINER_COMMAND("", "a trainer of your own, with {config} and {job_id} in it; else the built-in one"),
    TRAINER_ENV_PASSTHROUGH("", "names of variables that trainers get too, joined by commas"),
    VALIDATION_COMMAND(
            "",
            "a program of your own that measures models, with {model}, {data} and {metrics}; else the built-in one"),
    VALIDATION_TIMEOUT("300", "seconds that measuring a model may take"),
    VALIDATION_MAX_CONCURRENT("1", "models that are measured at once; one more is answered 503"),
    TRAINING_MAX_CONCURRENT_JOBS("1", "jobs that run at once"),
    TRAINING_MAX_QUEUED_JOBS("1000", "jobs that may wait; one more is answered 503"),
    TRAINING_MAX_RESTARTS("1", "times that an interrupted job goes on from its checkpoint"),
    JOB_TIMEOUT_MINUTES("60", "a job without progress for so long is ended and fails"),
    PROCESS_TERMINATION_TIMEOUT_DEFAULT("10", "seconds between SIGTERM and SIGKILL when a job is cancelled"),
    PROCESS_TERMINATION_TIMEOUT_CHECKPOINT("30", "the same when it is paused"),
    PROCESS_TERMINATION_TIMEOUT_QUICK("5", "the same for what a trainer leaves behind"),
    DEFAULT_EVAL_SPLIT("0.2", "the share of a data set held out when a config names none"),
    CONFIG_DIR_NAME("configs", "the directory of trainers' configs"),
    LOGS_DIR_NAME("logs", "the directory of logs and models"),
    PROGRESS_FILENAME("progress.json", "the file in which a trainer tells its progress"),
    TRAINER_STATE_FILENAME("trainer_state.json", "the file in which a checkpoint tells its state"),
    HEADWAY_DATABASE_URL("", "a jdbc:postgresql: URL; else jobs are in SQLite in the data directory", true);

    private final String defaultText;
    private final String meaning;
    private final boolean secret;

    Variable(String defaultText, String meaning) {
        this(defaultText, meaning, false);
    }

    Variable(String defaultText, String meaning, boolean secret) {
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.secret = secret;
    }

    /** Returns the text that counts when nobody sets the variable; empty when there is none. */
    public String defaultText() {
        return defaultText;
    }

    /** Returns what it means, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** Returns whether its value must never be shown. */
    public boolean isSecret() {
        return secret;
    }

    static Optional<Variable> find(String name) {
        return Stream.of(values())
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }
}
