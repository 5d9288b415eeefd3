package dev.headway.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunLogTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final RunLog log = new RunLog(
            new PrintStream(written, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2025-11-15T10:00:00.9Z"), ZoneOffset.UTC),
            "SFT");

    @Test
    void writesTheLineThatClientsParse() {
        log.info("data", "text");
        log.withPhase("Main").error("setup", "no");

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo(String.format("[2025-11-15 10:00:00] [data] [INFO] [SFT] text%n"
                        + "[2025-11-15 10:00:00] [setup] [ERROR] [Main] no%n"));
    }

    @Test
    void keepsATextWithLineBreaksOnOneLine() {
        log.warn("data", "one\ntwo\r\nthree");

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo(String.format("[2025-11-15 10:00:00] [data] [WARNING] [SFT] one two three%n"));
    }
}
