package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.CallerRules;
import dev.headway.server.caller.CallerSet;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.caller.keys.KnownKeys;
import dev.headway.server.http.Access;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.settings.LimitClass;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users with keys, as they are counted and refused over HTTP. */
class UsersTest {
    private final TestServer server = users(RateLimits.countedBy(CountedBy.USER));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void haveAQuotaOfTheirOwnByTheirTier() throws Exception {
        assertThat(admitted(server, 30, "authorization", "Bearer alice's key")).isEqualTo(20);
        assertThat(admitted(server, 30, "x-api-key", "alice's key")).isZero();
        assertThat(admitted(server, 30, "x-api-key", "bob's key")).isEqualTo(5);
        assertThat(admitted(server, 30, "x-api-key", "carol's key")).isEqualTo(10);
    }

    @Test
    void seeTheLimitOfTheirTierInTheFields() throws Exception {
        HttpResponse<String> answer = server.post("/execute", "{}", "x-api-key", "alice's key");

        assertThat(answer.headers().firstValue("ratelimit-policy")).contains("\"training-execute\";q=20;w=60");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining")).contains("19");
    }

    @Test
    void areNotHinderedByThoseWithoutAKey() throws Exception {
        assertThat(admitted(server, 20)).isZero();
        HttpResponse<String> refused = server.post("/execute", "{}");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(server.post("/execute", "{}", "x-api-key", "alice's key").statusCode())
                .isEqualTo(200);
    }

    @Test
    void getNoQuotaForAKeyThatIsNone() throws Exception {
        for (int guess = 0; guess < 10; guess++) {
            assertThat(server.post("/execute", "{}", "x-api-key", "guess " + guess)
                            .statusCode())
                    .isEqualTo(403);
        }

        assertThat(server.post("/execute", "{}").statusCode())
                .as("the guesses have used up the quota of the address")
                .isEqualTo(429);
        assertThat(server.post("/execute", "{}", "x-api-key", "guess 10").body())
                .contains("\"message\":\"Too many wrong keys; try again in 60 seconds.\"");
        assertThat(server.post("/execute", "{}", "x-api-key", "alice's key").body())
                .as("the right key gets the same answer as a wrong one")
                .contains("\"message\":\"Too many wrong keys; try again in 60 seconds.\"");

        server.limitTicker().advance(Duration.ofSeconds(60));
        assertThat(server.post("/execute", "{}", "x-api-key", "alice's key").statusCode())
                .isEqualTo(200);
    }

    @Test
    void mayGuessNoFasterOnOtherRoutes() throws Exception {
        for (int guess = 0; guess < 10; guess++) {
            server.post("/files", "{}", "x-api-key", "guess " + guess);
        }

        assertThat(server.post("/files", "{}", "x-api-key", "guess 10").statusCode())
                .isEqualTo(429);
        assertThat(server.post("/execute", "{}", "x-api-key", "guess 11").statusCode())
                .isEqualTo(429);
    }

    @Test
    void mayShowTheKeyForFilesBesideTheirOwn() throws Exception {
        assertThat(server.post("/files", "{}", "x-api-key", "files").statusCode())
                .isEqualTo(200);
        assertThat(server.post("/files", "{}", "x-api-key", "files", "authorization", "Bearer alice's key")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.post("/files", "{}", "x-api-key", "files", "authorization", "Bearer a job's token")
                        .statusCode())
                .isEqualTo(200);
        assertThat(admitted(server, 10, "x-api-key", "bob's key")).isEqualTo(5);
    }

    @Test
    void areServedOrNotByTheirNames() throws Exception {
        CallerRules rules = new CallerRules(
                NetworkSet.of(List.of()),
                64,
                CountedBy.USER,
                CallerSet.parse("user:alice"),
                CallerSet.parse("user:bob"));
        try (TestServer listed = users(rules)) {
            assertThat(admitted(listed, 50, "x-api-key", "alice's key")).isEqualTo(50);
            HttpResponse<String> denied = listed.post("/execute", "{}", "x-api-key", "bob's key");
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(denied.body()).isEqualTo("{\"detail\":\"This server does not serve you\"}");
            assertThat(admitted(listed, 50, "x-api-key", "carol's key")).isEqualTo(10);
        }
    }

    @Test
    void areTurnedAwayByTheirNetworkUnlessTheyAskForHealth() throws Exception {
        CallerRules rules = new CallerRules(
                NetworkSet.of(List.of()), 64, CountedBy.IP, CallerSet.nobody(), CallerSet.parse("127.0.0.0/8"));
        try (TestServer denying = users(rules)) {
            assertThat(denying.post("/execute", "{}", "x-api-key", "alice's key")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(denying.get("/caller").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sendKeysInAnyBytes() throws Exception {
        TestServer.Builder builder = TestServer.with(training())
                .keys(new Keys(Optional.of(KnownKeys.of("cl\u00e9")), Optional.empty(), Optional.empty()));
        try (TestServer odd = builder.start();
                RawClient client = odd.connect()) {
            String head = "POST /execute HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nX-API-Key: ";

            assertThat(client.send(head + "cl\u00c3\u00a9\r\n\r\n").read().status())
                    .isEqualTo(200);
            assertThat(client.send(head + "k".repeat(7_000) + "\r\n\r\n").read().status())
                    .isEqualTo(403);
            assertThat(client.send(head + "a\0b\r\n\r\n").read().status()).isEqualTo(400);
        }
    }

    private static TestServer users(CallerRules rules) {
        return TestServer.with(training(), files(), Echo.caller())
                .rateLimits(RateLimits.with(rules))
                .keys(new Keys(
                        Optional.of(KnownKeys.withTiers("alice", "pro", "bob", "free", "carol", "")),
                        Optional.of(KeyDigest.of("files")),
                        Optional.empty()))
                .start();
    }

    private static Route training() {
        return Route.post("/execute", LimitClass.EXECUTE, Access.TRAINING_KEY, BodyRule.upTo(1_000), Echo.blocking());
    }

    private static Route files() {
        return Route.post(
                "/files", LimitClass.FILESYSTEM, Access.FILESYSTEM_KEY, BodyRule.upTo(1_000), Echo.blocking());
    }

    /** Sends so many requests and returns how many were answered 200. */
    private static int admitted(TestServer server, int requests, String... headers) throws Exception {
        int admitted = 0;
        for (int request = 0; request < requests; request++) {
            admitted += server.post("/execute", "{}", headers).statusCode() == 200 ? 1 : 0;
        }
        return admitted;
    }
}
