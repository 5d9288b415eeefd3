package dev.headway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.RepositoryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of deploy/ speak of variables that there are, and set them to what the server accepts. */
final class DeployedFilesTest {
    private static final Pattern OURS = Pattern.compile(
            "\\b(?:RATE_LIMIT|DYNAMIC_LIMIT|HEADWAY|TRAINING|TRAINER|FILESYSTEM|GPU|QUEUE)_[A-Z0-9_]*[A-Z0-9]\\b");
    /** What the launcher, the trainer and the compose file read. */
    private static final Set<String> OF_OTHERS = Set.of("HEADWAY_JAVA_OPTS", "TRAINER_THREADS", "HEADWAY_PORT");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy/check",
                "deploy/hardening.md",
                "deploy/docker/compose.yaml",
                "deploy/docker/Dockerfile",
                "deploy/nginx/headway.conf",
                "deploy/nginx/limit-req.conf",
                "deploy/nginx/two-servers.conf",
                "deploy/systemd/headway.service",
                "docs/operations.md",
                "docs/limits.md",
                "docs/callers.md",
                "docs/policy.md",
                "docs/shared-limits.md",
                "docs/api.md",
                "README.md"
            })
    void speakOfVariablesThatThereAre(String file) throws IOException {
        Set<String> unknown = new TreeSet<>();
        Matcher name = OURS.matcher(RepositoryFile.read(file));
        while (name.find()) {
            if (Variable.find(name.group()).isEmpty() && !OF_OTHERS.contains(name.group())) {
                unknown.add(name.group());
            }
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void setContainersUpAsTheServerAccepts() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.putAll(set("deploy/docker/Dockerfile", "(?m)^(?:ENV| ) +([A-Z_]+)=([^ \\\\\\n]+)"));
        environment.putAll(set("deploy/docker/compose.yaml", "(?m)^ +([A-Z][A-Z_]+): \"?([^\"\\n]*)\"?$"));

        Settings settings = accepted(environment);

        assertThat(settings.http().host()).isEqualTo("0.0.0.0");
        assertThat(settings.rateLimits().storage().kind()).isEqualTo("redis");
        assertThat(settings.rateLimits().storage().servers()).isEqualTo(2);
        assertThat(settings.rateLimits().callers().trustedProxies()).hasToString("172.30.0.2/32");
        assertThat(settings.jobs().passthrough()).containsExactly("ENGINE_CACHE_DIR");
    }

    @Test
    void setTheUnitUpAsTheServerAccepts() throws IOException {
        Map<String, String> environment =
                set("deploy/systemd/headway.service", "(?m)^Environment=([A-Z_]+)=([^\\n]+)$");

        Settings settings = accepted(environment);

        assertThat(settings.data()).isEqualTo(Path.of("/var/lib/headway"));
        assertThat(environment).containsKey("ENGINE_CACHE_DIR");
        assertThat(settings.jobs().passthrough()).containsExactly("ENGINE_CACHE_DIR");
    }

    private Settings accepted(Map<String, String> environment) {
        Environment read = Environment.read(Map.of(), environment, directory);
        assertThat(read.warnings()).isEmpty();
        return Settings.of(read, new Machine(directory, directory, 2, 1L << 30, 1024));
    }

    private static Map<String, String> set(String file, String line) throws IOException {
        Map<String, String> set = new HashMap<>();
        Matcher setting = Pattern.compile(line).matcher(RepositoryFile.read(file));
        while (setting.find()) {
            set.put(setting.group(1), setting.group(2));
        }
        assertThat(set).as("what %s sets", file).isNotEmpty();
        return set;
    }
}
