package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.metrics.Exposition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole server shows to Prometheus of the files that it follows, and of the rules in them. */
class PolicyMetricsServedTest {
    private static final String TRIED = "headway_limit_tried_total{class=\"training-general\",decision=\"%s\","
            + "endpoint=\"POST /api/training/cancel/{job_id}\"}";

    @TempDir
    Path directory;

    @Test
    void countWhatRulesThatAreOnlyTriedWouldHaveRefusedAlsoWhenTheyAreGone() throws Exception {
        write("rules: [{name: next, class: general, limits: 2/minute, shadow: true}]");
        try (WholeServer server = start()) {
            for (int request = 0; request < 5; request++) {
                server.post("/api/training/cancel/job");
            }
            Exposition tried = await(server, now -> now.value(TRIED.formatted("refused")) == 3);
            assertThat(tried.value(TRIED.formatted("admitted"))).isEqualTo(2);
            assertThat(tried.series()).noneMatch(series -> series.contains("next"));
            assertThat(tried.value("headway_limit_rules")).isEqualTo(1);

            write("rules: []");
            server.application().reloadLimits();
            Exposition gone = await(server, now -> now.value("headway_limit_rules") == 0);
            assertThat(gone.value(TRIED.formatted("refused"))).isEqualTo(3);
        }
    }

    @Test
    void tellThatTheRulesOfBeforeHoldBecauseTheFileIsWrong() throws Exception {
        write("rules: [{class: read, limits: 500/minute}]");
        try (WholeServer server = start()) {
            Exposition begun = await(server, now -> now.value("headway_limit_rules") == 1);
            assertThat(begun.value("headway_file_behind{file=\"limits\"}")).isZero();
            assertThat(begun.value("headway_file_usable_timestamp_seconds{file=\"limits\"}"))
                    .isPositive();

            write("rules: [{class: read, limits: 0/minute}, {class: reed, limits: 1/day}]");
            server.application().reloadLimits();
            Exposition wrong = await(server, now -> now.value("headway_file_behind{file=\"limits\"}") == 1);
            assertThat(wrong.value("headway_limit_rule_faults")).isEqualTo(2);
            assertThat(wrong.value(changes("limits", "refused"))).isPositive();
            assertThat(wrong.value(changes("limits", "taken"))).isZero();

            write("rules: [{class: read, limits: 400/minute}]");
            server.application().reloadLimits();
            Exposition mended = await(server, now -> now.value("headway_file_behind{file=\"limits\"}") == 0);
            assertThat(mended.value("headway_limit_rule_faults")).isZero();
            assertThat(mended.value(changes("limits", "taken"))).isEqualTo(1);
        }
    }

    @Test
    void tellThatTheKeysOfBeforeHoldBecauseTheirFileIsWrong() throws Exception {
        Path keys = Files.writeString(directory.resolve("keys.json"), "{\"keys\": []}");
        try (WholeServer server = WholeServer.start(directory, Map.of("API_KEYS_FILE", keys.toString()))) {
            Files.writeString(keys, "{\"keys\": [");

            Exposition wrong = await(server, now -> now.value("headway_file_behind{file=\"keys\"}") == 1);
            assertThat(wrong.value(changes("keys", "refused"))).isEqualTo(1);
            assertThat(wrong.value("headway_file_behind{file=\"limits\"}")).isZero();
            assertThat(wrong.value("headway_file_usable_timestamp_seconds{file=\"limits\"}"))
                    .isNaN();
        }
    }

    private static String changes(String file, String result) {
        return "headway_file_changes_total{file=\"" + file + "\",result=\"" + result + "\"}";
    }

    private WholeServer start() {
        return WholeServer.start(directory, Map.of("LIMITS_FILE", file().toString()));
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file(), yaml);
    }

    private Path file() {
        return directory.resolve("limits.yaml");
    }

    /** The text may be a quarter of a second old. */
    private static Exposition await(WholeServer server, Predicate<Exposition> wanted) throws Exception {
        Await.until("the metrics are as they should be", () -> wanted.test(read(server)));
        return read(server);
    }

    private static Exposition read(WholeServer server) {
        try {
            return Exposition.parse(server.get("/metrics").body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
