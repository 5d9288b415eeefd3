package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Access;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.Method;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.settings.LimitClass;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitedTest {
    private final TestServer server = TestServer.with(
                    Echo.limited("/execute"),
                    new Route(
                            Method.POST,
                            "/cancel/{job_id}",
                            LimitClass.GENERAL,
                            Access.OPEN,
                            BodyRule.ignored(),
                            Echo.blocking()))
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void admitsTenOfTwentyThatComeAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(5);
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int request = 0; request < 20; request++) {
            answers.add(clients.submit(() -> server.post("/execute", "{}")));
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : answers) {
            statuses.add(answer.get().statusCode());
        }
        clients.shutdown();

        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(10);
    }

    @Test
    void tellsAnAdmittedClientHowItStands() throws Exception {
        HttpResponse<String> answer = server.post("/execute", "{}");

        assertThat(answer.headers().map())
                .containsEntry("ratelimit-policy", List.of("\"training-execute\";q=10;w=60"))
                .containsEntry("ratelimit", List.of("\"training-execute\";r=9;t=60"))
                .containsEntry("x-ratelimit-limit", List.of("10"))
                .containsEntry("x-ratelimit-remaining", List.of("9"))
                .containsEntry("x-ratelimit-reset", List.of("1795521660"))
                .containsEntry("date", List.of("Tue, 24 Nov 2026 12:00:00 GMT"))
                .doesNotContainKey("retry-after");
    }

    @Test
    void tellsARefusedClientWhenToComeBack() throws Exception {
        use("/execute", 10);
        server.limitTicker().advance(Duration.ofMillis(18_001));

        HttpResponse<String> answer = server.post("/execute", "{}");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().map())
                .containsEntry("retry-after", List.of("42"))
                .containsEntry("ratelimit", List.of("\"training-execute\";r=0;t=42"))
                .containsEntry("content-type", List.of("application/json"));
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":\"Rate limit exceeded\",\"detail\":\"10 per 1 minute\","
                                + "\"message\":\"Too many requests; try again in 42 seconds.\",\"retry_after\":42,\"success\":false}");
    }

    @Test
    void namesTheJobOnLifecycleRoutes() throws Exception {
        use("/cancel/a-job", 30);

        assertThat(server.post("/cancel/my%20job", "").body()).endsWith(",\"job_id\":\"my job\"}");
        assertThat(server.post("/cancel/%ff", "").body()).endsWith(",\"job_id\":\"%ff\"}");
    }

    @Test
    void countsByTheTemplateAndNotByTheUrl() throws Exception {
        for (int request = 0; request < 30; request++) {
            server.post("/cancel/job-" + request, "");
        }

        assertThat(server.post("/cancel/one-more", "").statusCode()).isEqualTo(429);
        assertThat(server.post("/execute", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void speaksProblemDetailsToWhoeverAsksForThem() throws Exception {
        use("/execute", 10);

        HttpResponse<String> problem = server.post("/execute", "{}", "accept", "application/problem+json");
        HttpResponse<String> json =
                server.post("/execute", "{}", "accept", "application/problem+json;q=0.5, application/json");

        assertThat(problem.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.body())
                .startsWith("{\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\"")
                .contains("\"violated-policies\":[\"training-execute\"]", "\"retry_after\":60");
        assertThat(json.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void letsNoBurstOverTheEdgeOfAWindowExceedTheLimit() throws Exception {
        server.limitTicker().advance(Duration.ofSeconds(59));
        int before = use("/execute", 15);
        server.limitTicker().advance(Duration.ofSeconds(2));
        int after = use("/execute", 15);

        assertThat(before).isEqualTo(10);
        assertThat(after).isZero();
    }

    @Test
    void admitsOneForEachThatHasLeftTheWindow() throws Exception {
        for (int second = 0; second < 10; second++) {
            use("/execute", 1);
            server.limitTicker().advance(Duration.ofSeconds(1));
        }
        assertThat(use("/execute", 1)).isZero();
        server.limitTicker().advance(Duration.ofSeconds(50));

        for (int second = 0; second < 10; second++) {
            assertThat(use("/execute", 2)).isEqualTo(1);
            server.limitTicker().advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void countsRequestsThatTurnOutWrong() throws Exception {
        for (int request = 0; request < 10; request++) {
            assertThat(server.post("/execute", "{}", "content-encoding", "gzip").statusCode())
                    .isEqualTo(415);
        }

        assertThat(server.post("/execute", "{}").statusCode()).isEqualTo(429);
    }

    @Test
    void ignoresWhatAStrangerSaysAboutItsAddress() throws Exception {
        for (int request = 0; request < 10; request++) {
            server.post("/execute", "{}", "x-forwarded-for", "198.51.100." + request);
        }

        assertThat(server.post("/execute", "{}", "x-forwarded-for", "198.51.100.99")
                        .statusCode())
                .isEqualTo(429);
    }

    @Test
    void believesAProxyThatItTrusts() throws Exception {
        try (TestServer behindProxy = TestServer.with(Echo.limited("/execute"))
                .trusting("127.0.0.0/8")
                .start()) {
            for (int request = 0; request < 10; request++) {
                behindProxy.post("/execute", "{}", "x-forwarded-for", "198.51.100.1");
            }

            assertThat(behindProxy
                            .post("/execute", "{}", "x-forwarded-for", "198.51.100.1")
                            .statusCode())
                    .isEqualTo(429);
            assertThat(behindProxy
                            .post("/execute", "{}", "x-forwarded-for", "198.51.100.2")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void countsNothingWhenDisabled() throws Exception {
        try (TestServer unlimited = TestServer.with(Echo.limited("/execute"))
                .rateLimits(RateLimits.disabled())
                .start()) {
            for (int request = 0; request < 50; request++) {
                HttpResponse<String> answer = unlimited.post("/execute", "{}");

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().map()).doesNotContainKeys("ratelimit", "x-ratelimit-limit");
            }
        }
    }

    /** Sends so many requests and returns how many were admitted. */
    private int use(String path, int requests) throws Exception {
        int admitted = 0;
        for (int request = 0; request < requests; request++) {
            admitted += server.post(path, "{}").statusCode() == 200 ? 1 : 0;
        }
        return admitted;
    }
}
