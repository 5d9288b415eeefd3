package dev.headway.server.throttle;

import static dev.headway.server.throttle.Asking.anonymous;
import static dev.headway.server.throttle.Asking.body;
import static dev.headway.server.throttle.Asking.fields;
import static dev.headway.server.throttle.Asking.problem;
import static dev.headway.server.throttle.Asking.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.throttle.answer.HeaderStyle;
import dev.headway.server.throttle.answer.RateField;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Caller ALICE = anonymous("198.51.100.1");
    private static final Caller BOB = anonymous("198.51.100.2");
    private static final Clock NOON = Clock.fixed(Instant.ofEpochMilli(1_000_250), ZoneOffset.UTC);

    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();

    @Test
    void tellsAnAdmittedClientHowItsLimitStands() {
        EndpointLimit limit = execute(RateLimits.defaults());
        limit.decide(ALICE);
        ticker.advance(Duration.ofMillis(18_500));

        Map<RateField, String> fields = fields(limit.decide(ALICE));

        assertThat(fields)
                .containsOnly(
                        Map.entry(RateField.POLICY, "\"training-execute\";q=10;w=60"),
                        Map.entry(RateField.STANDING, "\"training-execute\";r=8;t=42"),
                        Map.entry(RateField.LIMIT, "10"),
                        Map.entry(RateField.REMAINING, "8"),
                        Map.entry(RateField.RESET, "1042"));
    }

    @Test
    void refusesTheRequestThatWouldExceedTheLimitAndSaysWhenToComeBack() {
        EndpointLimit limit = execute(RateLimits.defaults());
        admitTen(limit);
        ticker.advance(Duration.ofMillis(18_500));

        Ruling.Refused refused = refused(limit.decide(ALICE));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(fields(refused))
                .containsOnly(
                        Map.entry(RateField.RETRY_AFTER, "42"),
                        Map.entry(RateField.POLICY, "\"training-execute\";q=10;w=60"),
                        Map.entry(RateField.STANDING, "\"training-execute\";r=0;t=42"),
                        Map.entry(RateField.LIMIT, "10"),
                        Map.entry(RateField.REMAINING, "0"),
                        Map.entry(RateField.RESET, "1042"));
        assertThat(body(refused))
                .isEqualTo(
                        "{\"error\":\"Rate limit exceeded\",\"detail\":\"10 per 1 minute\","
                                + "\"message\":\"Too many requests; try again in 42 seconds.\",\"retry_after\":42,\"success\":false}");
    }

    @Test
    void admitsAClientThatWaitedExactlyAsLongAsItWasTold() {
        EndpointLimit limit = execute(RateLimits.defaults());
        ticker.advance(Duration.ofNanos(123_456_789));
        admitTen(limit);
        ticker.advance(Duration.ofNanos(1));

        String wait = fields(limit.decide(ALICE)).get(RateField.RETRY_AFTER);
        ticker.advance(Duration.ofSeconds(Long.parseLong(wait)));

        assertThat(limit.decide(ALICE)).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void neverTellsAClientToWaitLessThanASecond() {
        EndpointLimit limit = execute(RateLimits.with("1/second", HeaderStyle.ALL, Optional.empty()));
        limit.decide(ALICE);
        ticker.advance(Duration.ofMillis(999));

        Ruling.Refused refused = refused(limit.decide(ALICE));

        assertThat(fields(refused)).containsEntry(RateField.RETRY_AFTER, "1");
        assertThat(body(refused)).contains("try again in 1 second.");
    }

    @Test
    void namesTheJobAndThePageWhereThereAreSome() {
        EndpointLimit limit =
                execute(RateLimits.with("1/minute", HeaderStyle.ALL, Optional.of("https://example.org/limits")));
        limit.decide(ALICE);

        assertThat(text(refused(limit.decide(ALICE)).body(Optional.of("job \"7\"\n\u00e9"))))
                .endsWith(
                        ",\"success\":false,\"docs\":\"https://example.org/limits\",\"job_id\":\"job \\\"7\\\"\\u000a\u00e9\"}");
    }

    @Test
    void tellsTheSameFactsAsAProblem() {
        EndpointLimit limit = execute(RateLimits.with("1/minute", HeaderStyle.ALL, Optional.empty()));
        limit.decide(ALICE);

        assertThat(text(refused(limit.decide(ALICE)).problemBody(Optional.of("j"))))
                .isEqualTo(
                        "{\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\","
                                + "\"title\":\"Request cannot be satisfied as assigned quota has been exceeded\",\"status\":429,"
                                + "\"violated-policies\":[\"training-execute\"],\"error\":\"Rate limit exceeded\",\"detail\":\"1 per 1 minute\","
                                + "\"message\":\"Too many requests; try again in 60 seconds.\",\"retry_after\":60,\"success\":false,\"job_id\":\"j\"}");
    }

    @Test
    void listsSeveralLimitsAndShowsTheTightestInTheOlderFields() {
        EndpointLimit limit = execute(RateLimits.with("3/hour;2/minute", HeaderStyle.ALL, Optional.empty()));
        limit.decide(ALICE);
        limit.decide(ALICE);

        Ruling.Refused refused = refused(limit.decide(ALICE));

        assertThat(fields(refused))
                .containsEntry(
                        RateField.POLICY, "\"training-execute-3600\";q=3;w=3600, \"training-execute-60\";q=2;w=60")
                .containsEntry(
                        RateField.STANDING, "\"training-execute-3600\";r=1;t=3600, \"training-execute-60\";r=0;t=60")
                .containsEntry(RateField.LIMIT, "2");
        assertThat(body(refused)).contains("\"detail\":\"2 per 1 minute\"");
    }

    @Test
    void reportsTheLimitThatTakesLongestWhenSeveralRefuse() {
        EndpointLimit limit = execute(RateLimits.with("1/minute;1/hour", HeaderStyle.ALL, Optional.empty()));
        limit.decide(ALICE);

        Ruling.Refused refused = refused(limit.decide(ALICE));

        assertThat(body(refused)).contains("\"detail\":\"1 per 1 hour\"", "\"retry_after\":3600");
        assertThat(problem(refused))
                .contains("\"violated-policies\":[\"training-execute-60\",\"training-execute-3600\"]");
    }

    @Test
    void sendsOnlyTheFieldsAskedFor() {
        assertThat(fields(execute(styled(HeaderStyle.IETF)).decide(ALICE)))
                .containsOnlyKeys(RateField.POLICY, RateField.STANDING);
        assertThat(fields(execute(styled(HeaderStyle.LEGACY)).decide(BOB)))
                .containsOnlyKeys(RateField.LIMIT, RateField.REMAINING, RateField.RESET);
    }

    @Test
    void saysWhenToComeBackEvenWithoutTheOtherFields() {
        EndpointLimit limit = execute(RateLimits.with("1/minute", HeaderStyle.NONE, Optional.empty()));

        assertThat(fields(limit.decide(ALICE))).isEmpty();
        assertThat(fields(limit.decide(ALICE))).containsOnlyKeys(RateField.RETRY_AFTER);
    }

    @Test
    void countsClientsApart() {
        EndpointLimit limit = execute(RateLimits.defaults());
        admitTen(limit);

        assertThat(limit.decide(ALICE)).isInstanceOf(Ruling.Refused.class);
        assertThat(limit.decide(BOB)).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void countsEndpointsOfOneClassApart() {
        Throttle throttle = new Throttle(RateLimits.defaults(), store, NOON);
        EndpointLimit cancel = throttle.limit(LimitClass.GENERAL, "POST /api/training/cancel/{job_id}");
        EndpointLimit pause = throttle.limit(LimitClass.GENERAL, "POST /api/training/pause/{job_id}");
        for (int request = 0; request < 30; request++) {
            cancel.decide(ALICE);
        }

        assertThat(cancel.decide(ALICE)).isInstanceOf(Ruling.Refused.class);
        assertThat(pause.decide(ALICE)).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void admitsOneForEachThatHasLeftTheWindow() {
        EndpointLimit limit = execute(RateLimits.defaults());
        for (int request = 0; request < 10; request++) {
            limit.decide(ALICE);
            ticker.advance(Duration.ofSeconds(1));
        }
        ticker.advance(Duration.ofSeconds(50));

        for (int second = 0; second < 10; second++) {
            assertThat(limit.decide(ALICE)).isInstanceOf(Ruling.Admitted.class);
            assertThat(limit.decide(ALICE)).isInstanceOf(Ruling.Refused.class);
            ticker.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void countsNothingWhenDisabled() {
        EndpointLimit limit = execute(RateLimits.disabled());

        for (int request = 0; request < 1_000; request++) {
            assertThat(limit.decide(ALICE)).isInstanceOf(Ruling.Unlimited.class);
        }
        assertThat(fields(limit.decide(ALICE))).isEmpty();
    }

    @Test
    void countsNothingWhereNoLimitApplies() {
        EndpointLimit limit = new Throttle(RateLimits.defaults(), store, NOON).limit(LimitClass.NONE, "GET /health");

        assertThat(limit.decide(ALICE)).isInstanceOf(Ruling.Unlimited.class);
    }

    @Test
    void saysThatItIsFullWhenItCannotCountANewClient() {
        MemoryStore tiny = MemoryStore.builder().ticker(ticker).maxKeys(1).build();
        EndpointLimit limit = new Throttle(RateLimits.defaults(), tiny, NOON).limit(LimitClass.EXECUTE, "POST /e");
        limit.decide(ALICE);

        Ruling.Refused refused = refused(limit.decide(BOB));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(fields(refused)).containsOnlyKeys(RateField.RETRY_AFTER);
        assertThat(body(refused))
                .startsWith(
                        "{\"error\":\"Service unavailable\",\"detail\":\"The server is counting as many clients as it can\"");
        assertThat(problem(refused)).contains("#temporary-reduced-capacity\"", "\"status\":503");
    }

    @Test
    void reportsTheLimitsInForce() {
        ThrottleStatus status = new Throttle(RateLimits.defaults(), store, NOON).status();

        assertThat(status.enabled()).isTrue();
        assertThat(status.storage()).isEqualTo("memory");
        assertThat(status.limits())
                .containsEntry("training-execute", "10/minute")
                .containsOnlyKeys("training-execute", "training-general", "filesystem", "read", "download");
        assertThat(new Throttle(RateLimits.disabled(), store, NOON).status().limits())
                .isEmpty();
    }

    private EndpointLimit execute(RateLimitSettings settings) {
        MemoryStore own = MemoryStore.builder().ticker(ticker).build();
        return new Throttle(settings, own, NOON).limit(LimitClass.EXECUTE, "POST /api/training/execute");
    }

    private static RateLimitSettings styled(HeaderStyle style) {
        return RateLimits.with("10/minute", style, Optional.empty());
    }

    private static void admitTen(EndpointLimit limit) {
        for (int request = 0; request < 10; request++) {
            assertThat(limit.decide(ALICE)).isInstanceOf(Ruling.Admitted.class);
        }
    }

    private static Ruling.Refused refused(Ruling ruling) {
        assertThat(ruling).isInstanceOf(Ruling.Refused.class);
        return (Ruling.Refused) ruling;
    }
}
