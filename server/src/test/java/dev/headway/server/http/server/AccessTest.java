package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.caller.keys.KnownKeys;
import dev.headway.server.http.Access;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private static final TestServer SERVER = TestServer.with(
                    keyed("/training", Access.TRAINING_KEY),
                    keyed("/files", Access.FILESYSTEM_KEY),
                    keyed("/open", Access.OPEN))
            .keys(new Keys(
                    Optional.of(KnownKeys.of("alice's", "bob's")),
                    Optional.of(KeyDigest.of("file key")),
                    Optional.empty()))
            .start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/open     | accept        | */*              | 200",
                "/training | authorization | Bearer alice's   | 200",
                "/training | authorization | bearer bob's     | 200",
                "/training | x-api-key     | bob's            | 200",
                "/training | X-API-KEY     | alice's          | 200",
                "/training | accept        | */*              | 401",
                "/training | authorization | Basic alice's    | 401",
                "/training | authorization | Bearer mallory's | 403",
                "/training | x-api-key     | file key         | 403",
                "/training | x-api-key     | ''               | 403",
                "/files    | x-api-key     | file key         | 200",
                "/files    | accept        | */*              | 401",
                "/files    | authorization | Bearer file key  | 401",
                "/files    | x-api-key     | File key         | 403",
                "/files    | x-api-key     | ''               | 403",
                "/files    | x-api-key     | alice's          | 403",
            })
    void letsPassWhoeverShowsTheRightKey(String path, String field, String value, int status) throws Exception {
        assertThat(SERVER.get(path, field, value).statusCode()).isEqualTo(status);
    }

    @Test
    void saysWhichKeyIsMissing() throws Exception {
        HttpResponse<String> files = SERVER.get("/files");
        HttpResponse<String> training = SERVER.get("/training");

        assertThat(files.body()).isEqualTo("{\"detail\":\"Missing X-API-Key header\"}");
        assertThat(files.headers().firstValue("www-authenticate")).contains("ApiKey");
        assertThat(training.body())
                .isEqualTo("{\"detail\":\"Missing API key: send Authorization: Bearer or X-API-Key\"}");
        assertThat(training.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(SERVER.get("/files", "x-api-key", "wrong").body()).isEqualTo("{\"detail\":\"Invalid API key\"}");
    }

    @Test
    void asksForNoKeyWhereNoneIsSet() throws Exception {
        try (TestServer open = TestServer.with(
                        keyed("/training", Access.TRAINING_KEY), keyed("/files", Access.FILESYSTEM_KEY))
                .start()) {
            assertThat(open.get("/training").statusCode()).isEqualTo(200);
            assertThat(open.get("/files").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void countsAGuessBeforeItLooksAtTheKey() throws Exception {
        Route limited = Route.get("/limited", LimitClass.EXECUTE, Access.TRAINING_KEY, Handler.blocking(Echo::answer));
        try (TestServer server = TestServer.with(limited)
                .keys(new Keys(Optional.of(KnownKeys.of("right")), Optional.empty(), Optional.empty()))
                .start()) {
            for (int guess = 0; guess < 10; guess++) {
                assertThat(server.get("/limited", "x-api-key", "guess " + guess).statusCode())
                        .isEqualTo(403);
            }

            assertThat(server.get("/limited", "x-api-key", "right").statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void showsNoKeyInItsText() {
        assertThat(KeyDigest.of("key")).hasToString("SHA-256 of a key");
        assertThat(KeyDigest.of("key"))
                .isEqualTo(KeyDigest.parse("2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683"));
    }

    private static Route keyed(String template, Access access) {
        return Route.get(template, LimitClass.NONE, access, Handler.blocking(Echo::answer));
    }
}
