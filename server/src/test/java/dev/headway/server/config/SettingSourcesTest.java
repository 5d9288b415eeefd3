package dev.headway.server.config;

import static dev.headway.server.config.GivenSettings.machine;
import static dev.headway.server.config.GivenSettings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.RepositoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where settings come from, and which of two counts. */
class SettingSourcesTest {
    @TempDir
    Path directory;

    @Test
    void preferTheCommandLineThenTheEnvironmentThenTheFile() throws Exception {
        Files.writeString(directory.resolve(".env"), "PORT=1\nHOST=from.file\nHEADWAY_DATA=file\n");

        Settings settings = Settings.of(
                Environment.read(
                        Map.of(Variable.PORT, "3"), Map.of("PORT", "2", "HOST", "from.environment"), directory),
                machine(directory));

        assertThat(settings.http().port()).isEqualTo(3);
        assertThat(settings.http().host()).isEqualTo("from.environment");
        assertThat(settings.data()).isEqualTo(directory.resolve("file"));
    }

    @Test
    void lookIntoTheLocalFileInsteadOfTheOther() throws Exception {
        Files.writeString(directory.resolve(".env"), "PORT=1\nHOST=from.file\n");
        Files.writeString(directory.resolve(".env.local"), "PORT=2\n");

        Settings settings = settings(directory, Map.of());

        assertThat(settings.http().port()).isEqualTo(2);
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
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

        Settings settings = settings(directory, Map.of());

        assertThat(settings)
                .isEqualTo(Settings.of(Environment.read(Map.of(), Map.of(), Path.of("/none")), machine(directory)));
    }

    private static String example() throws IOException {
        return RepositoryFile.read(".env.example");
    }
}
