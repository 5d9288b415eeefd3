package dev.headway.server.config;

import static dev.headway.server.config.GivenSettings.problems;
import static dev.headway.server.config.GivenSettings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.load.LoadSettings;
import dev.headway.server.throttle.answer.HeaderStyle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be set, what holds where nothing is, and how wrong values are told. */
class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void haveTheDefaultsOfTheContract() throws Exception {
        Settings settings = settings(directory, Map.of());

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
        assertThat(settings(directory, Map.of("RATE_LIMIT_ENABLED", word))
                        .rateLimits()
                        .enabled())
                .isEqualTo(meaning);
    }

    @Test
    void takeWhatIsSet() throws Exception {
        Settings settings = settings(
                directory,
                Map.ofEntries(
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
        Settings defaults = settings(directory, Map.of());

        assertThat(defaults.load())
                .isEqualTo(new LoadSettings(LoadSettings.Source.GPU, 90, 10, "", Duration.ofSeconds(5)));
        assertThat(defaults.rateLimits().rates().executeWhileBusy()).hasToString("[5/minute]");
        assertThat(settings(directory, Map.of("RATE_LIMIT_TRAINING_EXECUTE_BUSY", ""))
                        .rateLimits()
                        .rates()
                        .executeWhileBusy())
                .hasToString("[10/minute]");
    }

    @Test
    void keepTheDefaultForBusyTimesByEveryAlgorithm() throws Exception {
        assertThat(settings(
                                directory,
                                Map.of(
                                        "RATE_LIMIT_TRAINING_EXECUTE",
                                        "600/hour",
                                        "RATE_LIMIT_ALGORITHM",
                                        "fixed-window"))
                        .rateLimits()
                        .rates()
                        .executeWhileBusy())
                .hasToString("[300/hour]");
    }

    @Test
    void leaveFilesForJobsWhenTheyCountConnections() throws Exception {
        assertThat(settings(directory, Map.of()).http().connections().max()).isEqualTo(576);
    }

    @Test
    void tellAllProblemsAtOnceWithTheValueAndWhereItWasSet() throws Exception {
        Files.writeString(directory.resolve(".env"), "# settings\n\nRATE_LIMIT_FILESYSTEM=sixty\nthis is no setting\n");

        List<String> problems = problems(
                directory,
                Map.of(
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
        assertThat(problems(directory, Map.of(name, value)))
                .singleElement()
                .asString()
                .startsWith(name + " is ")
                .contains("(in the environment): ");
    }

    @Test
    void nameTheProgramThatMeasuresModels() throws Exception {
        ValidationSettings own = settings(
                        directory,
                        Map.of(
                                "VALIDATION_COMMAND", "python3 'my eval.py' {model} {data} {metrics}",
                                "VALIDATION_TIMEOUT", "60",
                                "VALIDATION_MAX_CONCURRENT", "2"))
                .jobs()
                .validation();

        assertThat(own.command().orElseThrow().words(Path.of("/m"), Path.of("/d"), List.of("f1", "loss")))
                .containsExactly("python3", "my eval.py", "/m", "/d", "f1,loss");
        assertThat(own.limit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(own.maxConcurrent()).isEqualTo(2);
        assertThat(settings(directory, Map.of()).jobs().validation())
                .isEqualTo(new ValidationSettings(Optional.empty(), Duration.ofMinutes(5), 1));
        assertThat(problems(directory, Map.of("VALIDATION_COMMAND", "measure {config}")))
                .singleElement()
                .asString()
                .contains("unknown placeholder {config}; accepted is a program with arguments, in which {model}, {data}"
                        + " and {metrics} are filled in");
    }
}
