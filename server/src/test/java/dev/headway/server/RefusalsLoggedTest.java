package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.flood.FloodLog;
import dev.headway.server.logging.LogLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole server logs of a client that is refused. */
class RefusalsLoggedTest {
    @TempDir
    Path directory;

    @Test
    void areTwoLinesForAFloodWithTheNumberOfItsRequests() throws Exception {
        assertThat(logged(Map.of("RATE_LIMIT_TRAINING_GENERAL", "3/minute")))
                .containsExactly(
                        "[Rate Limit] 127.0.0.1 is refused at POST /api/training/cancel/{job_id}",
                        "[Rate Limit] 127.0.0.1 is refused no more; it was 47 times in 0 s");
    }

    @Test
    void showNoMoreOfAnAddressThanTheyMay() throws Exception {
        assertThat(logged(Map.of("RATE_LIMIT_TRAINING_GENERAL", "3/minute", "LOG_CLIENT_ADDRESS", "hash")))
                .hasSize(2)
                .noneMatch(line -> line.contains("127.0.0.1"))
                .allMatch(line -> line.matches("\\[Rate Limit] client-[0-9a-f]{12} .*"));
    }

    @Test
    void tellOfWhoeverIsNotServed() throws Exception {
        assertThat(logged(Map.of("RATE_LIMIT_DENY", "127.0.0.0/8")))
                .last()
                .asString()
                .contains("it was 50 times");
    }

    private List<String> logged(Map<String, String> environment) throws Exception {
        try (LogLines lines = LogLines.of(FloodLog.class)) {
            try (WholeServer server = WholeServer.start(directory, environment)) {
                for (int request = 0; request < 50; request++) {
                    server.post("/api/training/cancel/job-" + request);
                }
                Await.until("the first line is written", () -> !lines.messages().isEmpty());
            }
            return lines.messages();
        }
    }
}
