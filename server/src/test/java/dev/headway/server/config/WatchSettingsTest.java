package dev.headway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.logging.Disclosure;
import dev.headway.server.logging.LogFormat;
import dev.headway.server.logging.LogSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

/** The settings by which a server is watched. */
class WatchSettingsTest {
    @TempDir
    Path directory;

    @Test
    void areALogForPeopleAndMetricsAmongTheApiByDefault() {
        Settings settings = settings(Map.of());

        assertThat(settings.log()).isEqualTo(LogSettings.DEFAULT);
        assertThat(settings.metricsPort()).isEmpty();
        assertThat(settings.keys().metrics()).isEmpty();
    }

    @Test
    void chooseHowTheServerLogs() {
        LogSettings log = settings(Map.of("LOG_FORMAT", " JSON ", "LOG_LEVEL", "Warning", "LOG_CLIENT_ADDRESS", "hash"))
                .log();

        assertThat(log).isEqualTo(new LogSettings(LogFormat.JSON, Level.WARN, Disclosure.HASH));
    }

    @Test
    void giveTheMetricsAListenerOfTheirOwnWithTheAddressOfTheApi() {
        Settings settings = settings(Map.of("METRICS_PORT", "9100", "HOST", "0.0.0.0", "METRICS_API_KEY", "secret"));

        assertThat(settings.metricsPort()).hasValueSatisfying(own -> {
            assertThat(own.host()).isEqualTo("0.0.0.0");
            assertThat(own.port()).isEqualTo(9100);
            assertThat(own.corsOrigins()).isEmpty();
        });
        assertThat(settings.keys().metrics()).contains(KeyDigest.of("secret"));
    }

    @Test
    void keepTheMetricsOnThisMachineWhenTheApiHasASocketUnlessTheyAreToldOtherwise() {
        Map<String, String> socket = Map.of("METRICS_PORT", "9100", "HOST", "unix:/run/headway.sock");
        Map<String, String> told = Map.of("METRICS_PORT", "9100", "METRICS_HOST", "10.0.0.1");

        assertThat(settings(socket).metricsPort().orElseThrow().host()).isEqualTo("127.0.0.1");
        assertThat(settings(told).metricsPort().orElseThrow().host()).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOG_FORMAT | xml | accepted are text and json",
                "LOG_LEVEL | loud | accepted are error, warn, info and debug",
                "LOG_CLIENT_ADDRESS | half | accepted are full, short, hash and none",
                "METRICS_PORT | 70000 | accepted are whole numbers from 0 to 65535",
                "METRICS_API_KEY | ' ' | it is empty, which would protect nothing"
            })
    void sayWhatIsAcceptedInThePlaceOfNonsense(String name, String text, String complaint) {
        assertThatThrownBy(() -> settings(Map.of(name, text)))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(name + " is ")
                .hasMessageContaining(complaint);
    }

    private Settings settings(Map<String, String> environment) {
        return Settings.of(Environment.read(Map.of(), environment, directory), Machine.present());
    }
}
