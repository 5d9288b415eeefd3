package dev.headway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Settings as they are read of variables and the files of a directory, on a machine that is always the same. */
final class GivenSettings {
    private GivenSettings() {}

    static Settings settings(Path directory, Map<String, String> environment) {
        return Settings.of(Environment.read(Map.of(), environment, directory), machine(directory));
    }

    /** Returns all that is wrong with settings that are refused. */
    static List<String> problems(Path directory, Map<String, String> environment) {
        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> settings(directory, environment));
        assertThat(invalid).hasMessageContaining("with the settings:\n  - ");
        return invalid.problems();
    }

    static Machine machine(Path directory) {
        return new Machine(Path.of("/home/x"), directory, 2, 1L << 30, 1024);
    }
}
