package dev.headway.server.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.JobCounts;
import dev.headway.jobs.job.JobId;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.http.Response;
import dev.headway.server.throttle.LoadReport;
import dev.headway.server.throttle.ThrottleStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class HealthReportsTest {
    private static final ThrottleStatus LIMITS =
            new ThrottleStatus(true, "memory", Map.of("training-execute", "10/minute"), LoadReport.OFF);

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void saysWhatContractAndClientsAskFor() throws Exception {
        try (HealthReports reports = reports(() -> new JobCounts(1, 2))) {
            Response report = ask(reports);

            assertThat(report.status()).isEqualTo(200);
            assertThat(report.body().text())
                    .isEqualTo("{\"status\":\"healthy\",\"service\":\"Headway Training API\",\"version\":\"1.2.3\","
                            + "\"gpu_available\":false,\"gpu_info\":\"No GPU detected\","
                            + "\"rate_limiting\":{\"enabled\":true,\"storage\":\"memory\",\"limits\":"
                            + "{\"training-execute\":\"10/minute\"},\"dynamic\":{\"source\":\"off\",\"busy\":false,"
                            + "\"level\":null,\"busy_above\":null,\"since\":null,\"problem\":null},\"policy\":null,\"store\":null},"
                            + "\"jobs\":{\"running\":1,\"queued\":2}}");
        }
    }

    @Test
    void countsTheJobsOnceForManyWhoAsk() throws Exception {
        AtomicInteger counted = new AtomicInteger();
        try (HealthReports reports = reports(() -> new JobCounts(counted.incrementAndGet(), 0))) {
            for (int index = 0; index < 100; index++) {
                ask(reports);
            }
            assertThat(counted).hasValue(1);

            ticker.advance(Duration.ofMillis(250));
            assertThat(ask(reports).body().text()).contains("\"running\":2");
        }
    }

    @Test
    void isHealthyButSilentAboutJobsThatCannotBeCounted() throws Exception {
        try (HealthReports reports = reports(HealthReportsTest::failing)) {
            Response report = ask(reports);

            assertThat(report.status()).isEqualTo(200);
            assertThat(report.body().text()).contains("\"jobs\":{\"running\":null,\"queued\":null}");
        }
    }

    @Test
    void answersWithTheLastReportWhileTheDatabaseHangs() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger counted = new AtomicInteger();
        try (HealthReports reports = reports(() -> {
            if (counted.incrementAndGet() > 1) {
                awaitQuietly(hangs);
            }
            return new JobCounts(counted.get(), 0);
        })) {
            ask(reports);
            ticker.advance(Duration.ofSeconds(1));

            assertThat(ask(reports).body().text()).contains("\"running\":1");
            hangs.countDown();
        }
    }

    private HealthReports reports(Supplier<JobCounts> jobs) {
        return new HealthReports("1.2.3", jobs, () -> LIMITS, Map.of(), ticker);
    }

    private static Response ask(HealthReports reports) throws Exception {
        return reports.report().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Throws what any part of the engine may throw: an exception of the jobs module. */
    private static JobCounts failing() {
        throw new AssertionError(JobId.parse("no name for a job"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
