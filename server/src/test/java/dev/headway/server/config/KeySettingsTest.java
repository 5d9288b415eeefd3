package dev.headway.server.config;

import static dev.headway.server.config.GivenSettings.problems;
import static dev.headway.server.config.GivenSettings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.throttle.settings.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of who has a key and of what users are promised. */
class KeySettingsTest {
    @TempDir
    Path directory;

    @Test
    void haveTiersWhereThereAreUsers() throws Exception {
        Files.writeString(directory.resolve("keys.json"), "{\"keys\": []}");

        Settings settings =
                settings(directory, Map.of("API_KEYS_FILE", "keys.json", "RATE_LIMIT_PRO_TIER", "30/minute"));

        assertThat(settings.rateLimits().rates().tiers())
                .containsOnly(
                        Map.entry(Tier.FREE, Rate.parse("5/minute")),
                        Map.entry(Tier.PRO, Rate.parse("30/minute")),
                        Map.entry(Tier.ENTERPRISE, Rate.parse("100/minute")));
        assertThat(settings(directory, Map.of()).rateLimits().rates().tiers()).isEmpty();
    }

    @Test
    void tellWhichTiersTheAlgorithmCannotKeep() throws Exception {
        Files.writeString(directory.resolve("keys.json"), "{\"keys\": []}");
        Map<String, String> hourly = Map.of(
                "API_KEYS_FILE", "keys.json",
                "RATE_LIMIT_PRO_TIER", "100/hour",
                "RATE_LIMIT_ALGORITHM", "token-bucket");

        assertThat(problems(directory, hourly))
                .singleElement()
                .asString()
                .startsWith("RATE_LIMIT_PRO_TIER is \"100/hour\" (in the environment): ")
                .contains("windows of the same lengths are accepted");
        assertThat(settings(
                        directory, Map.of("API_KEYS_FILE", "keys.json", "RATE_LIMIT_PRO_TIER", "100/hour;20/minute")))
                .isNotNull();
    }

    @Test
    void tellWhatIsWrongWithAFileOfKeysBesideAllElse() throws Exception {
        Path keys = Files.writeString(
                directory.resolve("keys"),
                "{\"keys\": [{\"name\": \"alice\", \"tier\": \"gold\", \"sha256\": \"12\"}]}");

        List<String> problems = problems(
                directory,
                Map.of(
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

    @Test
    void readKeysAsTheirDigests() throws Exception {
        Path file = directory.resolve("keys");
        Files.writeString(
                file, "# who may train\n\nalice  2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683\n");

        Settings settings = settings(directory, Map.of("API_KEYS_FILE", "keys"));

        assertThat(settings.keys().usersFile()).contains(file);
        assertThat(settings.keys().users().identify(KeyDigest.of("key")))
                .isEqualTo(new User("alice", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nobody\n", "alice\n", "alice not-a-digest\n", "alice 2c70 e12b\n"})
    void refuseAFileWithoutKeys(String content) throws Exception {
        Files.writeString(directory.resolve("keys"), content);

        assertThat(problems(directory, Map.of("API_KEYS_FILE", "keys"))).isNotEmpty();
    }

    @Test
    void neverShowASecret() throws Exception {
        Files.writeString(directory.resolve(".env"), "FILESYSTEM_API_KEY='open\nsesame FILESYSTEM_API_KEY\n");

        List<String> problems = problems(directory, Map.of("HEADWAY_DATABASE_URL", "postgres://user:hunter2@host"));

        assertThat(problems).hasSize(3).noneMatch(problem -> problem.contains("hunter2") || problem.contains("sesame"));
    }
}
