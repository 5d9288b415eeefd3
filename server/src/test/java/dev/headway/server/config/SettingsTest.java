package dev.headway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.Algorithm;
import dev.headway.server.RepositoryFile;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.load.LoadSettings;
import dev.headway.server.throttle.answer.HeaderStyle;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.StorageSettings;
import dev.headway.server.throttle.settings.WhenAway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void countInMemoryUnlessToldOtherwise() throws Exception {
        assertThat(settings(Map.of()).rateLimits().storage()).isEqualTo(StorageSettings.MEMORY);
    }

    @Test
    void nameTheRedisThatServersShare() throws Exception {
        StorageSettings storage = settings(Map.of(
                        "RATE_LIMIT_STORAGE_URI", "redis+unix://:secret@/run/redis.sock",
                        "RATE_LIMIT_STORE_TIMEOUT", "20",
                        "RATE_LIMIT_ON_STORE_FAILURE", "Deny",
                        "RATE_LIMIT_SERVERS", "3",
                        "RATE_LIMIT_LEASE", "10"))
                .rateLimits()
                .storage();

        assertThat(storage)
                .isEqualTo(new StorageSettings(
                        Optional.of("redis+unix://:secret@/run/redis.sock"),
                        Duration.ofMillis(20),
                        WhenAway.DENY,
                        3,
                        10));
        assertThat(storage.toString()).doesNotContain("secret");
    }

    @Test
    void tellAllThatIsWrongWithTheStoreAndNoPassword() {
        InvalidSettings invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> settings(Map.of(
                        "RATE_LIMIT_STORAGE_URI", "redis://:secret@cache:port",
                        "RATE_LIMIT_STORE_TIMEOUT", "5000",
                        "RATE_LIMIT_ON_STORE_FAILURE", "panic",
                        "RATE_LIMIT_SERVERS", "0")));

        assertThat(invalid)
                .hasMessageContaining("accepted are redis://user:password@host:port/database")
                .hasMessageContaining("accepted are whole numbers from 1 to 1000")
                .hasMessageContaining("accepted are memory, allow and deny")
                .hasMessageContaining("accepted are whole numbers from 1 to 10000")
                .hasMessageNotContaining("secret");
    }

    @Test
    void tellWhichLimitsAreTooLargeForRedis() {
        InvalidSettings invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> settings(Map.of(
                        "RATE_LIMIT_STORAGE_URI", "redis://cache",
                        "RATE_LIMIT_READ", "200000/minute")));

        assertThat(invalid)
                .hasMessageContaining("RATE_LIMIT_READ")
                .hasMessageContaining("200000 permits in the longest window");
    }

    @Test
    void takePermitsAheadByTheSlidingWindowAlone() {
        InvalidSettings invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> settings(Map.of(
                        "RATE_LIMIT_STORAGE_URI", "redis://cache",
                        "RATE_LIMIT_LEASE", "10",
                        "RATE_LIMIT_ALGORITHM", "pacing")));

        assertThat(invalid)
                .hasMessageContaining("RATE_LIMIT_LEASE")
                .hasMessageContaining("permits are taken ahead by sliding-window alone");
    }

    @Test
    void acceptEveryAlgorithmInRedis() throws Exception {
        for (Algorithm algorithm : Algorithm.values()) {
            Settings settings = settings(
                    Map.of("RATE_LIMIT_STORAGE_URI", "redis://cache", "RATE_LIMIT_ALGORITHM", algorithm.toString()));

            assertThat(settings.rateLimits().rates().algorithm()).isEqualTo(algorithm);
        }
    }

    @Test
    void haveTheDefaultsOfTheContract() throws Exception {
        Settings settings = settings(Map.of());

        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8000);
        assertThat(settings.http().corsOrigins()).containsExactly("http://localhost:3000");
        assertThat(settings.data()).isEqualTo(directory.resolve("var"));
        assertThat(settings.rateLimits().enabled()).isTrue();
        assertThat(settings.rateLimits().rates().execute()).hasToString("10/minute");
        assertThat(settings.rateLimits().rates().general()).hasToString("30/minute");
        assertThat(settings.rateLimits().rates().filesystem()).hasToString("60/minute");
        assertThat(settings.rateLimits().rates().read()).hasToString("600/minute");
        assertThat(settings.rateLimits().rates().download()).hasToString("10/minute");
        assertThat(settings.rateLimits().wording().headers()).isEqualTo(HeaderStyle.ALL);
        assertThat(settings.rateLimits().rates().algorithm()).isEqualTo(Algorithm.SLIDING_WINDOW);
        assertThat(settings.rateLimits().callers().trustedProxies()).hasToString("127.0.0.0/8,0:0:0:0:0:0:0:1/128");
        assertThat(settings.rateLimits().callers().ipv6Prefix()).isEqualTo(64);
        assertThat(settings.jobs().trainer()).isEmpty();
        assertThat(settings.jobs().queue().maxQueued()).isEqualTo(1000);
        assertThat(settings.jobs().patience().pause()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.jobs().maxRequestBytes()).isEqualTo(104_857_600);
        assertThat(settings.files().allowedRoots())
                .containsExactly(
                        Path.of("/home/x/AI_Models"),
                        Path.of("/home/x/Desktop/AI_Models"),
                        directory.resolve("var/logs"));
        assertThat(settings.keys().filesystem()).isEmpty();
        assertThat(settings.keys().usersFile()).isEmpty();
        assertThat(settings.keys().operator()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "TRUE,true",
        "1,true",
        "Yes,true",
        "on,true",
        "false,false",
        "0,false",
        "NO,false",
        "Off,false"
    })
    void takeSeveralWordsForYesAndNo(String word, boolean meaning) throws Exception {
        assertThat(settings(Map.of("RATE_LIMIT_ENABLED", word)).rateLimits().enabled())
                .isEqualTo(meaning);
    }

    @Test
    void takeWhatIsSet() throws Exception {
        Settings settings = settings(Map.ofEntries(
                Map.entry("PORT", "0"),
                Map.entry("CORS_ALLOWED_ORIGINS", " https://a.example , https://b.example,"),
                Map.entry("RATE_LIMIT_TRAINING_EXECUTE", "100/hour;10 per minute"),
                Map.entry("RATE_LIMIT_ALGORITHM", "Token-Bucket"),
                Map.entry("RATE_LIMIT_TRUSTED_PROXIES", ""),
                Map.entry("RATE_LIMIT_DOCS_URL", "https://example.org/limits"),
                Map.entry("HEADWAY_HEAD_TIMEOUT", "0.5"),
                Map.entry("HEADWAY_MAX_CONNECTIONS", "100"),
                Map.entry("FILESYSTEM_ALLOWED_PATHS", "~/models, data ,/srv"),
                Map.entry("FILESYSTEM_API_KEY", "secret"),
                Map.entry("TRAINER_COMMAND", "python3 train.py {config}"),
                Map.entry("TRAINER_ENV_PASSTHROUGH", "HF_HOME, WANDB_MODE"),
                Map.entry("JOB_TIMEOUT_MINUTES", "1.5")));

        assertThat(settings.http().corsOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(settings.rateLimits().rates().execute().limits()).hasToString("[100/hour, 10/minute]");
        assertThat(settings.rateLimits().rates().algorithm()).isEqualTo(Algorithm.TOKEN_BUCKET);
        assertThat(settings.rateLimits().callers().trustedProxies()).isEqualTo(NetworkSet.of(List.of()));
        assertThat(settings.rateLimits().wording().documentation()).contains("https://example.org/limits");
        assertThat(settings.http().deadlines().head()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.http().connections().max()).isEqualTo(100);
        assertThat(settings.http().connections().maxPerClient()).isEqualTo(25);
        assertThat(settings.files().allowedRoots())
                .containsExactly(Path.of("/home/x/models"), directory.resolve("data"), Path.of("/srv"));
        assertThat(settings.keys().filesystem()).contains(KeyDigest.of("secret"));
        assertThat(settings.jobs().trainer())
                .hasValueSatisfying(command -> assertThat(command).hasToString("python3 train.py {config}"));
        assertThat(settings.jobs().passthrough()).isEqualTo(Set.of("HF_HOME", "WANDB_MODE"));
        assertThat(settings.jobs().patience().progress()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void watchTheGpuUnlessToldOtherwise() throws Exception {
        Settings defaults = settings(Map.of());

        assertThat(defaults.load())
                .isEqualTo(new LoadSettings(LoadSettings.Source.GPU, 90, 10, "", Duration.ofSeconds(5)));
        assertThat(defaults.rateLimits().rates().executeWhileBusy()).hasToString("[5/minute]");
        assertThat(settings(Map.of("RATE_LIMIT_TRAINING_EXECUTE_BUSY", ""))
                        .rateLimits()
                        .rates()
                        .executeWhileBusy())
                .hasToString("[10/minute]");
    }

    @Test
    void keepTheDefaultForBusyTimesByEveryAlgorithm() throws Exception {
        assertThat(settings(Map.of("RATE_LIMIT_TRAINING_EXECUTE", "600/hour", "RATE_LIMIT_ALGORITHM", "fixed-window"))
                        .rateLimits()
                        .rates()
                        .executeWhileBusy())
                .hasToString("[300/hour]");
    }

    @Test
    void leaveFilesForJobsWhenTheyCountConnections() throws Exception {
        assertThat(settings(Map.of()).http().connections().max()).isEqualTo(576);
    }

    @Test
    void tellAllProblemsAtOnceWithTheValueAndWhereItWasSet() throws Exception {
        Files.writeString(directory.resolve(".env"), "# settings\n\nRATE_LIMIT_FILESYSTEM=sixty\nthis is no setting\n");

        List<String> problems = problems(Map.of(
                "PORT", "80000",
                "RATE_LIMIT_ENABLED", "maybe",
                "RATE_LIMIT_TRAINING_EXECUTE", "10 per fortnite",
                "RATE_LIMIT_TRUSTED_PROXIES", "10.0.0.1/8"));

        assertThat(problems)
                .contains(
                        ".env, line 4: not NAME=value, a comment or empty",
                        "PORT is \"80000\" (in the environment): accepted are whole numbers from 0 to 65535",
                        "RATE_LIMIT_ENABLED is \"maybe\" (in the environment): accepted are true, 1, yes, on and false, 0, no, off")
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("RATE_LIMIT_TRAINING_EXECUTE is \"10 per fortnite\" (in the environment): limit")
                        .contains("fortnite"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("RATE_LIMIT_TRUSTED_PROXIES is \"10.0.0.1/8\" (in the environment): ")
                        .contains("10.0.0.0/8"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("RATE_LIMIT_FILESYSTEM is \"sixty\" (in .env, line 3): "))
                .hasSize(6);
    }

    @Test
    void haveTiersWhereThereAreUsers() throws Exception {
        Files.writeString(directory.resolve("keys.json"), "{\"keys\": []}");

        Settings settings = settings(Map.of("API_KEYS_FILE", "keys.json", "RATE_LIMIT_PRO_TIER", "30/minute"));

        assertThat(settings.rateLimits().rates().tiers())
                .containsOnly(
                        Map.entry(Tier.FREE, Rate.parse("5/minute")),
                        Map.entry(Tier.PRO, Rate.parse("30/minute")),
                        Map.entry(Tier.ENTERPRISE, Rate.parse("100/minute")));
        assertThat(settings(Map.of()).rateLimits().rates().tiers()).isEmpty();
    }

    @Test
    void tellWhichTiersTheAlgorithmCannotKeep() throws Exception {
        Files.writeString(directory.resolve("keys.json"), "{\"keys\": []}");
        Map<String, String> hourly = Map.of(
                "API_KEYS_FILE", "keys.json",
                "RATE_LIMIT_PRO_TIER", "100/hour",
                "RATE_LIMIT_ALGORITHM", "token-bucket");

        assertThat(problems(hourly))
                .singleElement()
                .asString()
                .startsWith("RATE_LIMIT_PRO_TIER is \"100/hour\" (in the environment): ")
                .contains("windows of the same lengths are accepted");
        assertThat(settings(Map.of("API_KEYS_FILE", "keys.json", "RATE_LIMIT_PRO_TIER", "100/hour;20/minute")))
                .isNotNull();
    }

    @Test
    void tellWhatIsWrongWithAFileOfKeysBesideAllElse() throws Exception {
        Path keys = Files.writeString(
                directory.resolve("keys"),
                "{\"keys\": [{\"name\": \"alice\", \"tier\": \"gold\", \"sha256\": \"12\"}]}");

        List<String> problems = problems(Map.of(
                "API_KEYS_FILE", keys.toString(),
                "RATE_LIMIT_ALLOW", "10.0.0.0/33",
                "RATE_LIMIT_DENY", "mallory",
                "RATE_LIMIT_KEY", "name",
                "RATE_LIMIT_MESSAGE", "Wait {minutes}",
                "RATE_LIMIT_PRO_TIER", "0/minute",
                "ADMIN_API_KEY", ""));

        String ofKeys = "API_KEYS_FILE is \"" + keys + "\" (in the environment): keys[0]: ";
        assertThat(problems)
                .contains(
                        ofKeys + "\"gold\" is no tier; accepted are free, pro and enterprise",
                        ofKeys + "no SHA-256, which are 64 hexadecimal digits",
                        "RATE_LIMIT_ALLOW is \"10.0.0.0/33\" (in the environment): \"10.0.0.0/33\" has no prefix length"
                                + " from 0 to 32; accepted are blocks such as 10.0.0.0/8 and 2001:db8::/32, or one"
                                + " address, or users such as user:alice",
                        "RATE_LIMIT_KEY is \"name\" (in the environment): accepted are ip, user and user+ip",
                        "RATE_LIMIT_MESSAGE is \"Wait {minutes}\" (in the environment): \"{minutes}\" at column 6 is no"
                                + " place for a fact; accepted are {limit}, {retry_after} and {endpoint}")
                .anySatisfy(problem -> assertThat(problem).startsWith("RATE_LIMIT_DENY is \"mallory\""))
                .anySatisfy(problem -> assertThat(problem).startsWith("RATE_LIMIT_PRO_TIER is \"0/minute\""))
                .anySatisfy(problem -> assertThat(problem).startsWith("ADMIN_API_KEY is (not shown)"))
                .hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, -1",
        "PORT, 8000.0",
        "PORT, ''",
        "HOST, ''",
        "HOST, unix:relative.sock",
        "HEADWAY_DATA, ''",
        "RATE_LIMIT_ENABLED, ''",
        "RATE_LIMIT_TRAINING_GENERAL, ''",
        "RATE_LIMIT_TRAINING_GENERAL, 0/minute",
        "RATE_LIMIT_ALGORITHM, leaky",
        "RATE_LIMIT_ALGORITHM, ''",
        "RATE_LIMIT_HEADERS, some",
        "RATE_LIMIT_DOCS_URL, ftp://example.org",
        "RATE_LIMIT_DOCS_URL, https://a b",
        "RATE_LIMIT_IPV6_PREFIX, 0",
        "RATE_LIMIT_IPV6_PREFIX, 129",
        "MAX_REQUEST_BYTES, 100MB",
        "HEADWAY_MAX_CONNECTIONS, many",
        "HEADWAY_IDLE_TIMEOUT, -1",
        "HEADWAY_IDLE_TIMEOUT, 1e3",
        "JOB_TIMEOUT_MINUTES, 0",
        "TRAINING_MAX_CONCURRENT_JOBS, 0",
        "TRAINING_MAX_RESTARTS, -1",
        "DEFAULT_EVAL_SPLIT, 1",
        "LOGS_DIR_NAME, ../logs",
        "TRAINER_COMMAND, train {what}",
        "VALIDATION_COMMAND, measure {config}",
        "VALIDATION_TIMEOUT, 0",
        "VALIDATION_MAX_CONCURRENT, 0",
        "TRAINER_ENV_PASSTHROUGH, A-B",
        "FILESYSTEM_API_KEY, ''",
        "API_KEYS_FILE, ''",
        "ADMIN_API_KEY, ' '",
        "RATE_LIMIT_AUTH_FAILURE, 0/minute",
        "RATE_LIMIT_FREE_TIER, none",
        "RATE_LIMIT_PRO_TIER, ''",
        "RATE_LIMIT_ENTERPRISE_TIER, -1/minute",
        "RATE_LIMIT_READ, 10000000/minute",
        "RATE_LIMIT_TRAINING_EXECUTE, 65536/day",
        "RATE_LIMIT_AUTH_FAILURE, 65536/day",
        "RATE_LIMIT_TRAINING_EXECUTE_BUSY, 0/minute",
        "RATE_LIMIT_TRAINING_EXECUTE_BUSY, 65536/day",
        "DYNAMIC_LIMIT_SOURCE, cpu",
        "DYNAMIC_LIMIT_SOURCE, ''",
        "DYNAMIC_LIMIT_SOURCE, command",
        "DYNAMIC_LIMIT_INTERVAL, 0",
        "DYNAMIC_LIMIT_INTERVAL, often",
        "GPU_BUSY_PERCENT, 0",
        "GPU_BUSY_PERCENT, 100",
        "GPU_BUSY_PERCENT, 90%",
        "QUEUE_BUSY_JOBS, -1",
        "RATE_LIMIT_KEY, address",
        "RATE_LIMIT_ALLOW, 10.0.0.0/33",
        "RATE_LIMIT_ALLOW, alice",
        "RATE_LIMIT_DENY, user:a b",
        "RATE_LIMIT_MESSAGE, Wait {seconds}",
        "RATE_LIMIT_MESSAGE, Wait {retry_after",
        "API_KEYS_FILE, /no/such/file",
        "HEADWAY_DATABASE_URL, jdbc:mysql://host",
    })
    void refuseAValueThatIsNone(String name, String value) throws Exception {
        assertThat(problems(Map.of(name, value)))
                .singleElement()
                .asString()
                .startsWith(name + " is ")
                .contains("(in the environment): ");
    }

    @Test
    void neverShowASecret() throws Exception {
        Files.writeString(directory.resolve(".env"), "FILESYSTEM_API_KEY='open\nsesame FILESYSTEM_API_KEY\n");

        List<String> problems = problems(Map.of("HEADWAY_DATABASE_URL", "postgres://user:hunter2@host"));

        assertThat(problems).hasSize(3).noneMatch(problem -> problem.contains("hunter2") || problem.contains("sesame"));
    }

    @Test
    void preferTheCommandLineThenTheEnvironmentThenTheFile() throws Exception {
        Files.writeString(directory.resolve(".env"), "PORT=1\nHOST=from.file\nHEADWAY_DATA=file\n");

        Settings settings = Settings.of(
                Environment.read(
                        Map.of(Variable.PORT, "3"), Map.of("PORT", "2", "HOST", "from.environment"), directory),
                machine());

        assertThat(settings.http().port()).isEqualTo(3);
        assertThat(settings.http().host()).isEqualTo("from.environment");
        assertThat(settings.data()).isEqualTo(directory.resolve("file"));
    }

    @Test
    void lookIntoTheLocalFileInsteadOfTheOther() throws Exception {
        Files.writeString(directory.resolve(".env"), "PORT=1\nHOST=from.file\n");
        Files.writeString(directory.resolve(".env.local"), "PORT=2\n");

        Settings settings = settings(Map.of());

        assertThat(settings.http().port()).isEqualTo(2);
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void readKeysAsTheirDigests() throws Exception {
        Path file = directory.resolve("keys");
        Files.writeString(
                file, "# who may train\n\nalice  2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683\n");

        Settings settings = settings(Map.of("API_KEYS_FILE", "keys"));

        assertThat(settings.keys().usersFile()).contains(file);
        assertThat(settings.keys().users().identify(KeyDigest.of("key")))
                .isEqualTo(new User("alice", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nobody\n", "alice\n", "alice not-a-digest\n", "alice 2c70 e12b\n"})
    void refuseAFileWithoutKeys(String content) throws Exception {
        Files.writeString(directory.resolve("keys"), content);

        assertThat(problems(Map.of("API_KEYS_FILE", "keys"))).isNotEmpty();
    }

    @Test
    void warnOfVariablesThatAreNotRead() throws Exception {
        Environment environment = Environment.read(
                Map.of(),
                Map.of(
                        "RATELIMIT_ENABLED",
                        "false",
                        "RATE_LIMIT_TRAINING_EXECUTES",
                        "1/day",
                        "HEADWAY_JAVA_OPTS",
                        "-Xmx1g"),
                directory);

        assertThat(environment.warnings())
                .containsExactly(
                        "RATELIMIT_ENABLED is set but not read by this server; its variables begin with RATE_LIMIT_",
                        "RATE_LIMIT_TRAINING_EXECUTES is set but no variable of this server has that name");
    }

    @Test
    void nameTheProgramThatMeasuresModels() throws Exception {
        ValidationSettings own = settings(Map.of(
                        "VALIDATION_COMMAND", "python3 'my eval.py' {model} {data} {metrics}",
                        "VALIDATION_TIMEOUT", "60",
                        "VALIDATION_MAX_CONCURRENT", "2"))
                .jobs()
                .validation();

        assertThat(own.command().orElseThrow().words(Path.of("/m"), Path.of("/d"), List.of("f1", "loss")))
                .containsExactly("python3", "my eval.py", "/m", "/d", "f1,loss");
        assertThat(own.limit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(own.maxConcurrent()).isEqualTo(2);
        assertThat(settings(Map.of()).jobs().validation())
                .isEqualTo(new ValidationSettings(Optional.empty(), Duration.ofMinutes(5), 1));
        assertThat(problems(Map.of("VALIDATION_COMMAND", "measure {config}")))
                .singleElement()
                .asString()
                .contains("unknown placeholder {config}; accepted is a program with arguments, in which {model}, {data}"
                        + " and {metrics} are filled in");
    }

    @ParameterizedTest
    @EnumSource(Variable.class)
    void areAllShownInTheExample(Variable variable) throws IOException {
        assertThat(example())
                .as("a line for %s with its default", variable)
                .containsPattern("(?m)^#?" + variable + "=" + Pattern.quote(variable.defaultText()) + "$");
    }

    @Test
    void canBeMadeOfTheExample() throws Exception {
        String allDefaults = example().replaceAll("(?m)^#([A-Z_]+=.)", "$1");
        Files.writeString(directory.resolve(".env"), allDefaults);

        Settings settings = settings(Map.of());

        assertThat(settings).isEqualTo(Settings.of(Environment.read(Map.of(), Map.of(), Path.of("/none")), machine()));
    }

    private static String example() throws IOException {
        return RepositoryFile.read(".env.example");
    }

    private Settings settings(Map<String, String> environment) {
        return Settings.of(Environment.read(Map.of(), environment, directory), machine());
    }

    private List<String> problems(Map<String, String> environment) {
        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> settings(environment));
        assertThat(invalid).hasMessageContaining("with the settings:\n  - ");
        return invalid.problems();
    }

    private Machine machine() {
        return new Machine(Path.of("/home/x"), directory, 2, 1L << 30, 1024);
    }
}
