package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.metrics.Exposition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole server shows to Prometheus. */
class MetricsServedTest {
    private static final String CANCEL = "endpoint=\"POST /api/training/cancel/{job_id}\"";

    @TempDir
    Path directory;

    @Test
    void countRequestsByEndpointClassAndWhatBecameOfThem() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of("RATE_LIMIT_TRAINING_GENERAL", "4/minute"))) {
            for (int request = 0; request < 7; request++) {
                server.post("/api/training/cancel/job-" + request);
            }
            server.get("/nowhere");

            Exposition metrics = await(server, now -> now.value(responses("none", "none", "client_error")) == 1);

            assertThat(metrics.value(decisions("admitted"))).isEqualTo(4);
            assertThat(metrics.value(decisions("refused"))).isEqualTo(3);
            assertThat(metrics.value(responses("POST /api/training/cancel/{job_id}", "training-general", "refused")))
                    .isEqualTo(3);
            assertThat(metrics.value(
                            responses("POST /api/training/cancel/{job_id}", "training-general", "client_error")))
                    .isEqualTo(4);
        }
    }

    @Test
    void showHowMuchOfTheirQuotasClientsHaveLeft() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of("RATE_LIMIT_TRAINING_GENERAL", "4/minute"))) {
            for (int request = 0; request < 6; request++) {
                server.post("/api/training/cancel/job");
            }

            Exposition metrics = await(server, now -> now.value(decisions("refused")) == 2);

            String bucket = "headway_limit_remaining_percent_bucket{class=\"training-general\",le=\"";
            assertThat(metrics.value(bucket + "1.0\"}")).isEqualTo(1);
            assertThat(metrics.value(bucket + "25.0\"}")).isEqualTo(2);
            assertThat(metrics.value(bucket + "75.0\"}")).isEqualTo(4);
            assertThat(metrics.value("headway_limit_remaining_percent_count{class=\"training-general\"}"))
                    .isEqualTo(4);
        }
    }

    @Test
    void showHowLongRequestsTakeByWhatTheyComeTo() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of())) {
            for (int request = 0; request < 4; request++) {
                server.post("/api/training/cancel/job");
            }
            server.get("/api/limits");

            Exposition metrics = await(server, now -> now.value(durations("read", "success", "count")) == 1);

            assertThat(metrics.value(durations("training-general", "client_error", "count")))
                    .isEqualTo(4);
            assertThat(metrics.value(durations("training-general", "client_error", "sum")))
                    .isPositive();
            assertThat(metrics.value(durations("training-general", "success", "count")))
                    .isZero();
        }
    }

    @Test
    void countRequestsByHourOfTheDay() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of())) {
            server.get("/health");
            server.get("/health");

            await(server, now -> hours(now) >= 2);
        }
    }

    @Test
    void showWhatIsHeldForClientsAndHowJobsStand() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of())) {
            server.get("/api/limits");

            Exposition metrics = await(server, now -> now.value("headway_limit_keys") == 1);

            assertThat(metrics.value("headway_limit_memory_bytes")).isPositive();
            assertThat(metrics.value("headway_limit_enabled")).isEqualTo(1);
            assertThat(metrics.value("headway_limit_reduced")).isZero();
            assertThat(metrics.value("headway_limit_overflows_total")).isZero();
            assertThat(metrics.value("headway_jobs{state=\"queued\"}")).isZero();
            assertThat(metrics.value("headway_jobs_readable")).isEqualTo(1);
            assertThat(metrics.value("headway_http_connections")).isPositive();
            assertThat(metrics.value("headway_limit_decision_seconds_count")).isPositive();
            assertThat(metrics.names()).contains("jvm_memory_used_bytes", "process_uptime_seconds");
        }
    }

    @Test
    void tellThatRedisIsAwayAndThatRequestsAreDecidedWithoutIt() throws Exception {
        Map<String, String> away = Map.of("RATE_LIMIT_STORAGE_URI", "redis://127.0.0.1:" + closedPort());
        try (WholeServer server = WholeServer.start(directory, away)) {
            for (int request = 0; request < 5; request++) {
                server.get("/api/limits");
            }

            Exposition metrics = await(server, now -> now.value("headway_limit_store_up") == 0);

            assertThat(metrics.value("headway_limit_store_state{state=\"connected\"}"))
                    .isZero();
            assertThat(metrics.value("headway_limit_decided_alone_total")).isGreaterThanOrEqualTo(5);
            assertThat(metrics.value("headway_limit_store_failures_total")).isPositive();
        }
    }

    @Test
    void growByNoSeriesWhateverClientsSend() throws Exception {
        Map<String, String> keys = Map.of("ADMIN_API_KEY", "operator", "RATE_LIMIT_AUTH_FAILURE", "3/minute");
        try (WholeServer server = WholeServer.start(directory, keys)) {
            Set<String> before = ours(read(server));

            for (int number = 0; number < 50; number++) {
                server.post("/api/training/cancel/job-" + number, "user-agent", "agent-" + number);
                server.get("/api/admin/limits/10.0.0." + number, "x-api-key", "guess-" + number);
                server.get("/path/" + number + "?query=" + number, "x-forwarded-for", "10.1.0." + number);
                server.send(
                        HttpRequest.newBuilder(server.uri("/health")).method("VERB" + number, BodyPublishers.noBody()));
                sendRaw(server, "GET /%22%0a" + number + "\"} 1 HTTP/1.1\r\nHost: a\r\n\r\n");
            }

            Exposition after = await(server, now -> now.value(responses("none", "none", "client_error")) >= 150);
            assertThat(ours(after)).isEqualTo(before);
        }
    }

    @Test
    void areNeverLimited() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of("RATE_LIMIT_READ", "2/minute"))) {
            for (int request = 0; request < 5; request++) {
                HttpResponse<String> answer = server.get("/metrics");

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("x-ratelimit-limit")).isEmpty();
                assertThat(answer.headers().firstValue("content-type"))
                        .contains("text/plain; version=0.0.4; charset=utf-8");
            }
        }
    }

    @Test
    void areReadByWhoeverHasTheKeyIfThereIsOne() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of("METRICS_API_KEY", "secret"))) {
            assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
            assertThat(server.get("/metrics", "x-api-key", "guess").statusCode())
                    .isEqualTo(403);
            assertThat(server.get("/metrics", "x-api-key", "secret").statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/metrics", "authorization", "Bearer secret").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void areOnlyOnTheirOwnPortIfTheyHaveOne() throws Exception {
        int port = closedPort();
        try (WholeServer server = WholeServer.start(directory, Map.of("METRICS_PORT", "" + port))) {
            assertThat(server.get("/metrics").statusCode()).isEqualTo(404);

            URI own = URI.create("http://127.0.0.1:" + port);
            assertThat(server.get(own.resolve("/metrics")).body()).contains("headway_http_responses_total");
            assertThat(server.get(own.resolve("/health")).statusCode()).isEqualTo(404);
        }
    }

    private static Exposition read(WholeServer server) throws IOException, InterruptedException {
        return Exposition.parse(server.get("/metrics").body());
    }

    /** The text may be a quarter of a second old. */
    private static Exposition await(WholeServer server, Predicate<Exposition> wanted) throws Exception {
        Await.until("the metrics are as they should be", () -> {
            try {
                return wanted.test(read(server));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        });
        return read(server);
    }

    /** The machine's own series may come later: the garbage collector has one for each cause. */
    private static Set<String> ours(Exposition metrics) {
        Set<String> ours = new TreeSet<>(metrics.series());
        ours.removeIf(series -> series.startsWith("jvm_"));
        return ours;
    }

    private static String durations(String limitClass, String outcome, String kind) {
        return "headway_http_duration_seconds_" + kind + "{class=\"" + limitClass + "\",outcome=\"" + outcome + "\"}";
    }

    private static double hours(Exposition metrics) {
        double sum = 0;
        for (int hour = 0; hour < 24; hour++) {
            sum += metrics.value(String.format("headway_http_requests_by_hour_total{hour=\"%02d\"}", hour));
        }
        return sum;
    }

    private static String decisions(String decision) {
        return "headway_limit_decisions_total{class=\"training-general\",decision=\"" + decision + "\"," + CANCEL + "}";
    }

    private static String responses(String endpoint, String limitClass, String outcome) {
        return "headway_http_responses_total{class=\"" + limitClass + "\",endpoint=\"" + endpoint + "\",outcome=\""
                + outcome + "\"}";
    }

    private static void sendRaw(WholeServer server, String request) throws IOException {
        URI uri = server.uri("/");
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
