package dev.headway.server.api.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ErrorReportTest {
    @Test
    void findsTheErrorOfTheContractsExample() {
        String line = "[2025-11-15 10:00:00] [__main__] [ERROR] [Main] sample error 12";

        assertThat(text(ErrorReport.of("J", Optional.empty(), List.of(line))))
                .isEqualTo(
                        "{\"job_id\":\"J\",\"error_summary\":null,\"errors\":[{\"timestamp\":\"2025-11-15 10:00:00\","
                                + "\"level\":\"error\",\"phase\":\"Main\",\"message\":\"sample error 12\","
                                + "\"dedupe_key\":\"abe904b9da3e\",\"count\":1}],\"traceback\":null,\"error_count\":1,"
                                + "\"unique_error_count\":1}");
    }

    @Test
    void countsErrorsThatDifferOnlyInNumbersAsOne() {
        ErrorReport report = ErrorReport.of(
                "J",
                Optional.of("Training process exited with code 1"),
                List.of(
                        "[2025-11-15 10:00:00] [a] [ERROR] [Main] step 1 failed",
                        "[2025-11-15 10:00:05] [a] [WARNING] slow",
                        "[2025-11-15 10:00:09] [a] [INFO] an error that is none",
                        "[2025-11-15 10:00:10] [a] [ERROR] [Main] step 22 failed"));

        assertThat(report.errorCount()).isEqualTo(3);
        assertThat(report.uniqueErrorCount()).isEqualTo(2);
        assertThat(report.errors())
                .extracting(entry -> entry.level() + " " + entry.phase() + " " + entry.count())
                .containsExactly("warning general 1", "error Main 2");
    }

    @Test
    void putsTheRarerFirstAmongErrorsOfOneMoment() {
        String at = "[2025-11-15 10:00:00] [a] [ERROR] [P] ";

        ErrorReport report = ErrorReport.of("J", Optional.empty(), List.of(at + "x", at + "x", at + "y"));

        assertThat(report.errors()).extracting(ErrorReport.Entry::message).containsExactly("y", "x");
    }

    @Test
    void takesPrintedLinesThatLookLikeErrors() {
        ErrorReport report = ErrorReport.of(
                "J",
                Optional.empty(),
                List.of(
                        "ERROR: Training failed: no data",
                        "  ValueError: bad value  ",
                        "no Exception here",
                        "errors: 0",
                        "all is well"));

        assertThat(report.errors())
                .extracting(entry -> entry.timestamp() + entry.phase() + " " + entry.message())
                .containsExactly("raw ERROR: Training failed: no data", "raw ValueError: bad value");
    }

    @Test
    void showsTheLastTraceback() {
        ErrorReport report = ErrorReport.of(
                "J",
                Optional.empty(),
                List.of(
                        "Traceback (most recent call last):",
                        "KeyError: 'a'",
                        "Traceback (most recent call last):",
                        "  File \"/app/train.py\", line 12, in main",
                        "    run(config)",
                        "  File \"/app/run.py\", line 3, in run",
                        "torch.cuda.OutOfMemoryError: CUDA out of memory: tried 2 GiB",
                        "after"));

        assertThat(text(report))
                .contains(
                        "\"traceback\":{\"raw\":\"Traceback (most recent call last):\\n  File \\\"/app/train.py\\\", line"
                                + " 12, in main\\n    run(config)\\n  File \\\"/app/run.py\\\", line 3, in run\\n"
                                + "torch.cuda.OutOfMemoryError: CUDA out of memory: tried 2 GiB\",\"frames\":["
                                + "{\"file\":\"/app/train.py\",\"line\":12,\"function\":\"main\",\"code\":\"run(config)\"},"
                                + "{\"file\":\"/app/run.py\",\"line\":3,\"function\":\"run\",\"code\":\"\"}],"
                                + "\"exception_type\":\"torch.cuda.OutOfMemoryError\","
                                + "\"exception_message\":\"CUDA out of memory: tried 2 GiB\"}");
    }

    @Test
    void showsATracebackThatIsCutOff() {
        ErrorReport report = ErrorReport.of("J", Optional.empty(), List.of("Traceback (most recent call last):"));

        assertThat(text(report))
                .contains("\"traceback\":{\"raw\":\"Traceback (most recent call last):\",\"frames\":[],"
                        + "\"exception_type\":null,\"exception_message\":null}");
    }

    private static String text(ErrorReport report) {
        return new String(Json.write(report), StandardCharsets.UTF_8);
    }
}
