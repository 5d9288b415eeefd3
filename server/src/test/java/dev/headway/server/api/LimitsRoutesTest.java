package dev.headway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.CallerRules;
import dev.headway.server.caller.CallerSet;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.caller.keys.KnownKeys;
import dev.headway.server.http.server.Keys;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How limits stand, asked over HTTP by clients and by the operator. */
final class LimitsRoutesTest {
    private static final Keys KEYS = new Keys(
            Optional.of(KnownKeys.withTiers("alice", "pro", "bob", "")),
            Optional.empty(),
            Optional.of(KeyDigest.of("operator")));

    @TempDir
    Path temporary;

    @Test
    void tellEverybodyWhatRemains() throws Exception {
        try (ApiServer server = counting(CountedBy.IP)) {
            for (int request = 0; request < 3; request++) {
                ask(server, "POST", "/api/training/cancel/x", "alice's key");
            }

            HttpResponse<String> answer = ask(server, "GET", "/api/limits", "");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .startsWith("{\"client\":\"127.0.0.1\",\"user\":null,\"tier\":null,\"enabled\":true,"
                            + "\"limited\":true,\"limits\":[{\"endpoint\":\"GET /api/limits\",\"policy\":\"read\","
                            + "\"limit\":\"600 per 1 minute\",\"quota\":600,\"window_seconds\":60,\"remaining\":599,")
                    .contains("{\"endpoint\":\"POST /api/training/cancel/{job_id}\",\"policy\":\"training-general\","
                            + "\"limit\":\"30 per 1 minute\",\"quota\":30,\"window_seconds\":60,\"remaining\":27,")
                    .contains("{\"endpoint\":\"POST /api/training/execute\",\"policy\":\"training-execute\","
                            + "\"limit\":\"10 per 1 minute\",\"quota\":10,\"window_seconds\":60,\"remaining\":10,"
                            + "\"more_after_seconds\":0,\"reset_after_seconds\":0,\"lowered\":false}")
                    .endsWith(
                            "{\"endpoint\":\"*\",\"policy\":\"auth-failure\",\"limit\":\"10 per 1 minute\",\"quota\":10,"
                                    + "\"window_seconds\":60,\"remaining\":10,\"more_after_seconds\":0,\"reset_after_seconds\":0,\"lowered\":false}]}");
        }
    }

    @Test
    void tellAUserTheLimitsOfItsTier() throws Exception {
        try (ApiServer server = counting(CountedBy.USER)) {
            assertThat(ask(server, "GET", "/api/limits", "alice's key").body())
                    .startsWith("{\"client\":\"user:alice\",\"user\":\"alice\",\"tier\":\"pro\",")
                    .contains("\"policy\":\"training-execute\",\"limit\":\"20 per 1 minute\"");
        }
    }

    @Test
    void tellWhoeverIsAllowedThatNothingLimitsIt() throws Exception {
        CallerRules rules = new CallerRules(
                NetworkSet.of(List.of()), 64, CountedBy.IP, CallerSet.parse("127.0.0.1"), CallerSet.nobody());
        try (ApiServer server = ApiServer.withLimits(temporary, KEYS, RateLimits.with(rules))) {
            assertThat(ask(server, "GET", "/api/limits", "").body()).contains("\"enabled\":true,\"limited\":false");
        }
    }

    @Test
    void tellThatNothingIsCounted() throws Exception {
        try (ApiServer server = ApiServer.withLimits(temporary, KEYS, RateLimits.disabled())) {
            assertThat(ask(server, "GET", "/api/limits", "").body())
                    .contains("\"enabled\":false,\"limited\":false,\"limits\":[]");
        }
    }

    @Test
    void letTheOperatorSeeAndResetAClient() throws Exception {
        try (ApiServer server = counting(CountedBy.IP)) {
            for (int request = 0; request < 30; request++) {
                ask(server, "POST", "/api/training/cancel/x", "alice's key");
            }
            assertThat(ask(server, "POST", "/api/training/cancel/x", "alice's key")
                            .statusCode())
                    .isEqualTo(429);

            assertThat(ask(server, "GET", "/api/admin/limits/127.0.0.1", "operator")
                            .body())
                    .startsWith("{\"client\":\"127.0.0.1\",")
                    .contains("\"quota\":30,\"window_seconds\":60,\"remaining\":0,");
            assertThat(ask(server, "DELETE", "/api/admin/limits/127.0.0.1", "operator")
                            .body())
                    .isEqualTo("{\"success\":true,\"client\":\"127.0.0.1\","
                            + "\"message\":\"The quotas of 127.0.0.1 are whole again\"}");
            assertThat(ask(server, "POST", "/api/training/cancel/x", "alice's key")
                            .statusCode())
                    .isNotEqualTo(429);
        }
    }

    @Test
    void letTheOperatorResetAUser() throws Exception {
        try (ApiServer server = counting(CountedBy.USER)) {
            for (int request = 0; request < 20; request++) {
                ask(server, "POST", "/api/training/execute", "alice's key");
            }

            assertThat(ask(server, "GET", "/api/admin/limits/user:alice", "operator")
                            .body())
                    .startsWith("{\"client\":\"user:alice\",\"user\":\"alice\",\"tier\":\"pro\",")
                    .contains("\"quota\":20,\"window_seconds\":60,\"remaining\":0,")
                    .doesNotContain("auth-failure");
            ask(server, "DELETE", "/api/admin/limits/user:alice", "operator");
            assertThat(ask(server, "POST", "/api/training/execute", "alice's key")
                            .statusCode())
                    .isNotEqualTo(429);
        }
    }

    @Test
    void tellTheOperatorWhoIsRefusedMost() throws Exception {
        try (ApiServer server = counting(CountedBy.USER)) {
            for (int request = 0; request < 25; request++) {
                ask(server, "POST", "/api/training/execute", "alice's key");
            }
            for (int request = 0; request < 12; request++) {
                ask(server, "POST", "/api/training/execute", "bob's key");
            }

            assertThat(ask(server, "GET", "/api/admin/limits/top?count=2", "operator")
                            .body())
                    .matches("\\{\"since\":\"20.*Z\",\"refused\":7,\"clients\":\\[.*")
                    .endsWith("\"clients\":[{\"client\":\"user:alice\",\"refused\":5,\"refused_at_least\":5},"
                            + "{\"client\":\"user:bob\",\"refused\":2,\"refused_at_least\":2}]}");
            assertThat(ask(server, "GET", "/api/admin/limits/top?count=0", "operator")
                            .body())
                    .isEqualTo("{\"detail\":\"count is 0; accepted are 1 to 100\"}");
            assertThat(ask(server, "GET", "/api/admin/limits/top?count=few", "operator")
                            .statusCode())
                    .isEqualTo(422);
        }
    }

    @Test
    void sayThatAClientIsNone() throws Exception {
        try (ApiServer server = counting(CountedBy.IP)) {
            assertThat(ask(server, "GET", "/api/admin/limits/nobody", "operator")
                            .body())
                    .isEqualTo("{\"detail\":\"\\\"nobody\\\" is no client: accepted is an address such as"
                            + " 198.51.100.1 or 2001:db8::1, or user:NAME\"}");
            assertThat(ask(server, "DELETE", "/api/admin/limits/user:alice", "operator")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void areNotThereForAnybodyElse() throws Exception {
        try (ApiServer server = counting(CountedBy.IP)) {
            for (String key : List.of("", "alice's key", "wrong")) {
                HttpResponse<String> answer = ask(server, "GET", "/api/admin/limits/top", key);
                assertThat(answer.statusCode()).as("with key \"%s\"", key).isEqualTo(404);
                assertThat(answer.body()).isEqualTo("{\"detail\":\"Not Found\"}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "OPTIONS"})
    void cannotBeToldFromPathsThatAreNotThere(String verb) throws Exception {
        try (ApiServer server = counting(CountedBy.IP)) {
            HttpResponse<String> hidden = ask(server, verb, "/api/admin/limits/top", "");
            HttpResponse<String> absent = ask(server, verb, "/api/nothing", "");

            assertThat(hidden.statusCode()).isEqualTo(404).isEqualTo(absent.statusCode());
            assertThat(hidden.body()).isEqualTo(absent.body());
            assertThat(hidden.headers().map().keySet())
                    .isEqualTo(absent.headers().map().keySet());
        }
    }

    @Test
    void mayNotBeGuessedOpen() throws Exception {
        try (ApiServer server = counting(CountedBy.IP)) {
            for (int guess = 0; guess < 10; guess++) {
                ask(server, "GET", "/api/admin/limits/top", "guess " + guess);
            }

            assertThat(ask(server, "GET", "/api/admin/limits/top", "operator").statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void areNotThereAtAllWithoutAnOperatorsKey() throws Exception {
        Keys keys = new Keys(Optional.empty(), Optional.empty(), Optional.empty());
        try (ApiServer server = ApiServer.withLimits(temporary, keys, RateLimits.defaults())) {
            assertThat(server.routes()).noneMatch(route -> route.template().startsWith("/api/admin"));
            assertThat(ask(server, "GET", "/api/admin/limits/top", "").statusCode())
                    .isEqualTo(404);
        }
    }

    private ApiServer counting(CountedBy countedBy) throws Exception {
        RateLimitSettings limits = RateLimits.with(RateLimits.countedBy(countedBy));
        return ApiServer.withLimits(temporary, KEYS, limits);
    }

    private static HttpResponse<String> ask(ApiServer server, String method, String path, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).method(method, BodyPublishers.noBody());
        return server.send(
                key.isEmpty()
                        ? request.build()
                        : request.header("x-api-key", key).build());
    }
}
