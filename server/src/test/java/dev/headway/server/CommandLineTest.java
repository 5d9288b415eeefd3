package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Ticker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void tellsAllProblemsWithTheSettingsAndEndsWith2() {
        int exit = run(
                Map.of("RATE_LIMIT_TRAINING_EXECUTE", "often", "PORT", "1"),
                "serve",
                "--port",
                "high",
                "--data",
                "" + directory);

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("headway: 2 problems with the settings:\n  - ")
                .contains("PORT is \"high\" (on the command line): accepted are whole numbers from 0 to 65535")
                .contains("RATE_LIMIT_TRAINING_EXECUTE is \"often\" (in the environment): ");
    }

    @Test
    void saysThatThePortIsInUseAndEndsWith1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exit = run(
                    Map.of(), "serve", "--port", "" + taken.getLocalPort(), "--data", directory.resolve("var") + "");

            assertThat(exit).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualToNormalizingNewlines("headway: Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is in use by another program\n");
        }
    }

    @Test
    void saysThatTheDataDirectoryCannotBeUsedAndEndsWith1() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        int exit = run(
                Map.of(), "serve", "--port", "0", "--data", file.resolve("var").toString());

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).startsWith("headway: ").contains("file/var");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "keys",
                "keys add",
                "keys list",
                "keys revoke",
                "limits",
                "limits check",
                "limits explain",
                "limits top"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(run(Map.of(), (command + " --help").split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: headway " + command + " ").contains("--help");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void rehearsesAStart() {
        assertThat(run(Map.of(), "rehearse")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void givesKeysListsThemAndTakesThemAway() throws Exception {
        Map<String, String> environment =
                Map.of("API_KEYS_FILE", directory.resolve("keys.json").toString());

        assertThat(run(environment, "keys", "add", "alice", "--tier", "pro")).isZero();
        String key = out.toString().strip();
        assertThat(key).matches("hw_[A-Za-z0-9_-]{43}");
        assertThat(err.toString()).contains("cannot be shown again").doesNotContain(key);
        assertThat(Files.readString(directory.resolve("keys.json"))).doesNotContain(key);

        assertThat(run(environment, "keys", "list")).isZero();
        assertThat(out.toString()).endsWith("alice\tpro" + System.lineSeparator());

        assertThat(run(environment, "keys", "revoke", "alice")).isZero();
        assertThat(run(environment, "keys", "revoke", "alice")).isEqualTo(1);
        assertThat(err.toString()).contains("headway: \"alice\" has no key");
    }

    @Test
    void takesTheFileOfKeysFromTheCommandLineToo() {
        assertThat(run(Map.of(), "keys", "add", "bob", "--file", "mine.json")).isZero();
        assertThat(directory.resolve("mine.json")).exists();
    }

    @Test
    void saysWhatIsWrongWithAKeyThatIsAskedFor() {
        assertThat(run(Map.of(), "keys", "list")).isEqualTo(2);
        assertThat(err.toString()).contains("no file of keys: set API_KEYS_FILE, or name one by --file");
        assertThat(run(Map.of(), "keys", "--file", "k.json", "add", "alice", "--tier", "gold"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("\"gold\" is no tier; accepted are free, pro and enterprise");
        assertThat(run(Map.of(), "keys", "--file", "k.json", "add", "a b")).isEqualTo(1);
        assertThat(err.toString()).contains("\"a b\" is no name for a user");
        assertThat(run(Map.of(), "keys", "--file", "k.json", "list")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no such file");
    }

    @Test
    void hasHelpThatNamesWhatMattersMost() {
        assertThat(run(Map.of(), "serve", "--help")).isZero();
        assertThat(out.toString())
                .contains("--host", "--port", "--data", "RATE_LIMIT_TRAINING_EXECUTE", "TRAINER_COMMAND", "Exit codes");
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(out.toString()).contains("Headway ");
    }

    private int run(Map<String, String> environment, String... arguments) {
        Home home = new Home(directory, Path.of(System.getProperty("java.home"), "bin", "java"));
        Surroundings surroundings =
                new Surroundings(environment, home, directory, Clock.systemUTC(), Ticker.system(), ZoneOffset.UTC);
        CommandLine commandLine = Main.commandLine(surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
