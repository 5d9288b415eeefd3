package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Ticker;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.keys.KeyFileEditor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code headway limits} says about a file of rules. */
class LimitsCommandTest {
    private static final String POLICY = """
        rules:
          - name: office
            network: 203.0.113.0/24
            limits: none
          - name: trial
            class: execute
            limits: 3/minute
            shadow: true
          - name: batch-team
            endpoint: POST /api/training/execute
            user: [alice, bob]
            limits: [20/minute, 100/hour]
            weight: {per: 1MB}
            penalty: {refusals: 20/minute, for: 10 minutes}
          - class: execute
            limits: 5/minute
        """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void findsNothingWrongWithAFileThatIsRight() throws Exception {
        write(POLICY);

        assertThat(run(Map.of(), "limits", "check", "limits.yaml")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("limits.yaml: 4 rules, nothing wrong\n");
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "limits.yaml:9:5: warning: a rule about users, but there are none: API_KEYS_FILE is not set\n");
    }

    @Test
    void tellsEverythingThatIsWrongWithItsPlaceAndEndsWith2() throws Exception {
        write("rules:\n  - limits: 10/fortnite\n  - {network: 10.0.0.0/33, limit: 1/day}\n");

        assertThat(run(Map.of(), "limits", "check", "limits.yaml")).isEqualTo(2);

        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("limits.yaml:2:16: limit \"10/fortnite\": unknown unit"),
                        line -> assertThat(line).startsWith("limits.yaml:3:15: \"10.0.0.0/33\": has no prefix length"),
                        line -> assertThat(line).endsWith("do you mean \"limits\"?"));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void tellsWhatTheStoreCannotKeep() throws Exception {
        write("rules:\n  - limits: 100000/minute\n");

        assertThat(run(Map.of(), "limits", "check", "limits.yaml")).isEqualTo(2);

        assertThat(err.toString()).startsWith("limits.yaml:2:5: ").contains("65535");
        assertThat(run(Map.of("RATE_LIMIT_ALGORITHM", "token-bucket"), "limits", "check", "limits.yaml"))
                .isZero();
    }

    @Test
    void checksTheFileOfTheServerWhereNoneIsNamed() throws Exception {
        write("rules: []");

        assertThat(run(Map.of("LIMITS_FILE", "limits.yaml"), "limits", "check")).isZero();
        assertThat(out.toString()).contains("limits.yaml: 0 rules, nothing wrong");
        assertThat(run(Map.of(), "limits", "check")).isEqualTo(2);
        assertThat(err.toString()).contains("no file of rules: name one, or set LIMITS_FILE");
        assertThat(run(Map.of(), "limits", "check", "missing.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("missing.yaml:1:1: there is no such file");
    }

    @Test
    void tellsAFaultAtTheStartWithAllOtherProblems() throws Exception {
        write("rules: [{limits: 0/day}]");

        assertThat(run(Map.of("LIMITS_FILE", file().toString(), "RATE_LIMIT_KEY", "shoe size"), "serve", "--port", "0"))
                .isEqualTo(2);

        assertThat(err.toString())
                .startsWith("headway: 2 problems with the settings:")
                .contains("RATE_LIMIT_KEY is \"shoe size\"")
                .contains(file() + ":1:18: limit \"0/day\": ");
    }

    @Test
    void explainsWhichRuleHoldsForAUser() throws Exception {
        write(POLICY);
        new KeyFileEditor(directory.resolve("keys.json"), new SecureRandom()).add("alice", Tier.PRO);
        Map<String, String> environment =
                Map.of("LIMITS_FILE", "limits.yaml", "API_KEYS_FILE", "keys.json", "RATE_LIMIT_KEY", "user");

        assertThat(run(
                        environment,
                        "limits",
                        "explain",
                        "--user",
                        "alice",
                        "--ip",
                        "198.51.100.7",
                        "--length",
                        "2500000",
                        "POST",
                        "/api/training/execute"))
                .isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
            POST /api/training/execute, asked by user alice (tier pro) from 198.51.100.7, with a body of 2500000 bytes

            holds      limits.yaml:9:5: "batch-team"
            limits     20 per 1 minute; 100 per 1 hour, by sliding-window
            weight     3: 1 for each 1000000 bytes begun
            counted    for user:alice, with all its requests to POST /api/training/execute
            named      batch-team-60, batch-team-3600 in the RateLimit fields
            penalty    20 per 1 minute refusals shut out for 600 seconds
            tried      limits.yaml:5:5: "trial": 3/minute

            passed over, since
              limits.yaml:2:5: "office": it is for network 203.0.113.0/24
            """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void explainsWhatHoldsWithoutARule() throws Exception {
        write("rules: [{class: read, limits: 1/day}]");

        assertThat(explain("--file", "limits.yaml", "POST", "/api/training/cancel/job-7"))
                .isEqualToNormalizingNewlines("""
                    POST /api/training/cancel/{job_id}, asked by anybody from 127.0.0.1

                    holds      no rule, so RATE_LIMIT_TRAINING_GENERAL
                    limits     30 per 1 minute, by sliding-window
                    weight     1
                    counted    for 127.0.0.1, with all its requests to POST /api/training/cancel/{job_id}
                    named      training-general in the RateLimit fields
                    """);
    }

    @Test
    void explainsThatNothingIsCounted() throws Exception {
        write(POLICY);

        assertThat(explain("--file", "limits.yaml", "--ip", "203.0.113.9", "GET", "/api/limits"))
                .endsWith("limits     none: nothing is counted" + System.lineSeparator());
        out.getBuffer().setLength(0);
        assertThat(run(
                        Map.of("RATE_LIMIT_DENY", "203.0.113.9"),
                        "limits",
                        "explain",
                        "--ip",
                        "203.0.113.9",
                        "GET",
                        "/api/limits"))
                .isZero();
        assertThat(out.toString()).contains("denied     by RATE_LIMIT_DENY");
        assertThat(run(
                        Map.of("RATE_LIMIT_ALLOW", "203.0.113.9"),
                        "limits",
                        "explain",
                        "--ip",
                        "203.0.113.9",
                        "GET",
                        "/api/limits"))
                .isZero();
        assertThat(out.toString()).contains("unlimited  by RATE_LIMIT_ALLOW");
        assertThat(run(Map.of("RATE_LIMIT_ENABLED", "no"), "limits", "explain", "GET", "/api/limits"))
                .isZero();
        assertThat(out.toString()).contains("unlimited  by RATE_LIMIT_ENABLED=false");
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        assertThat(run(Map.of(), "limits", "explain", "POST", "/nowhere")).isEqualTo(2);
        assertThat(err.toString())
                .contains("\"POST /nowhere\" is no endpoint that is limited; there are: GET /api/limits, ");
        assertThat(run(Map.of(), "limits", "explain", "--tier", "pro", "GET", "/api/limits"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("a tier is a user's: name one by --user");
        assertThat(run(Map.of(), "limits", "explain", "--ip", "here", "GET", "/api/limits"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("\"here\" is no address of IPv4 or IPv6");
        assertThat(run(Map.of(), "limits", "explain", "--user", "alice", "GET", "/api/limits"))
                .isZero();
        assertThat(err.toString()).contains("API_KEYS_FILE is not set, so the server knows no users");
    }

    private String explain(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "limits";
        all[1] = "explain";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        assertThat(run(Map.of(), all)).isZero();
        return out.toString();
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file(), yaml);
    }

    private Path file() {
        return directory.resolve("limits.yaml");
    }

    private int run(Map<String, String> environment, String... arguments) {
        Home home = new Home(directory, Path.of(System.getProperty("java.home"), "bin", "java"));
        Surroundings surroundings =
                new Surroundings(environment, home, directory, Clock.systemUTC(), Ticker.system(), ZoneOffset.UTC);
        return Main.commandLine(surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
