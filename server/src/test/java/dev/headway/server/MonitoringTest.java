package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.config.Environment;
import dev.headway.server.config.Machine;
import dev.headway.server.config.Settings;
import dev.headway.server.logging.LogLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says at the start of who may read the metrics. */
class MonitoringTest {
    @TempDir
    Path directory;

    @Test
    void saysThatStrangersMayReadTheMetrics() {
        assertThat(announced(Map.of("HOST", "0.0.0.0")))
                .singleElement()
                .asString()
                .startsWith("Whoever reaches 0.0.0.0:8000 may read /metrics. To close it set METRICS_API_KEY,");
        assertThat(announced(Map.of("HOST", "0.0.0.0", "METRICS_PORT", "9000")))
                .singleElement()
                .asString()
                .startsWith("Whoever reaches 0.0.0.0:9000 ");
    }

    @Test
    void saysNothingWhereTheyMayNot() {
        assertThat(announced(Map.of())).isEmpty();
        assertThat(announced(Map.of("HOST", "unix:/run/headway.sock"))).isEmpty();
        assertThat(announced(Map.of("HOST", "0.0.0.0", "METRICS_API_KEY", "secret")))
                .isEmpty();
        assertThat(announced(Map.of("HOST", "0.0.0.0", "METRICS_PORT", "9000", "METRICS_HOST", "127.0.0.1")))
                .isEmpty();
    }

    private List<String> announced(Map<String, String> variables) {
        Environment environment = Environment.read(Map.of(), variables, directory);
        try (LogLines lines = LogLines.of(Monitoring.class)) {
            Monitoring.announce(Settings.of(environment, Machine.present().in(directory)));
            return lines.messages();
        }
    }
}
