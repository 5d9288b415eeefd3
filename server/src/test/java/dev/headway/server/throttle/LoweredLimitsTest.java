package dev.headway.server.throttle;

import static dev.headway.server.throttle.Asking.admitted;
import static dev.headway.server.throttle.Asking.anonymous;
import static dev.headway.server.throttle.Asking.body;
import static dev.headway.server.throttle.Asking.fields;
import static dev.headway.server.throttle.Asking.problem;
import static dev.headway.server.throttle.Asking.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Tier;
import dev.headway.server.throttle.answer.HeaderStyle;
import dev.headway.server.throttle.answer.LimitStanding;
import dev.headway.server.throttle.answer.RateField;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of limits that are lowered for load. */
final class LoweredLimitsTest {
    private static final String HOME = "198.51.100.1";
    private static final Caller ALICE = anonymous(HOME);
    private static final LoadReport BUSY = new LoadReport(
            "gpu", true, Optional.of(97.0), Optional.of(90), Optional.of("2026-11-24T12:00:00Z"), Optional.empty());

    private final ManualTicker ticker = new ManualTicker();
    private final LoadSignal load = LoadSignal.off();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();

    @Test
    void admitFewerWhileTheServerIsBusy() {
        EndpointLimit limit = execute(RateLimits.defaults());
        load.set(BUSY);

        assertThat(admitted(limit, ALICE, 20)).isEqualTo(5);
    }

    @Test
    void takeNothingFromWindowsThatAreRunning() {
        EndpointLimit limit = execute(RateLimits.defaults());
        assertThat(admitted(limit, ALICE, 3)).isEqualTo(3);

        load.set(BUSY);
        assertThat(admitted(limit, ALICE, 20)).isEqualTo(2);
        load.set(LoadReport.OFF);
        assertThat(admitted(limit, ALICE, 20)).isEqualTo(5);
        load.set(BUSY);
        assertThat(admitted(limit, ALICE, 20)).isZero();

        ticker.advance(Duration.ofMinutes(1));
        assertThat(admitted(limit, ALICE, 20)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"SLIDING_WINDOW_COUNTER", "FIXED_WINDOW", "TOKEN_BUCKET"})
    void areNoAmnestyByOtherAlgorithms(Algorithm algorithm) {
        EndpointLimit limit = execute(RateLimits.countedBy(algorithm));
        load.set(BUSY);
        assertThat(admitted(limit, ALICE, 20)).isEqualTo(5);

        load.set(LoadReport.OFF);
        assertThat(admitted(limit, ALICE, 20)).isEqualTo(5);
    }

    @Test
    void sayThatTheyAreLowered() {
        EndpointLimit limit = execute(RateLimits.defaults());
        load.set(BUSY);
        admitted(limit, ALICE, 5);

        Ruling.Refused refused = (Ruling.Refused) limit.decide(ALICE);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(fields(refused))
                .containsEntry(RateField.POLICY, "\"training-execute\";q=5;w=60")
                .containsEntry(RateField.STANDING, "\"training-execute\";r=0;t=60")
                .containsEntry(RateField.LIMIT, "5");
        assertThat(body(refused))
                .isEqualTo("{\"error\":\"Rate limit exceeded\",\"detail\":\"5 per 1 minute\","
                        + "\"message\":\"Too many requests, and the limit is lowered while the server is busy;"
                        + " try again in 60 seconds.\","
                        + "\"retry_after\":60,\"success\":false,\"lowered_for_load\":true}");
        assertThat(problem(refused))
                .startsWith("{\"type\":\"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity\","
                        + "\"title\":\"Request cannot be satisfied due to temporary server capacity constraints\","
                        + "\"status\":429,\"violated-policies\":[\"training-execute\"],");
    }

    @Test
    void sayNothingOfLoadWhereAnotherLimitRefuses() {
        EndpointLimit limit = execute(RateLimits.with("7/hour;10/minute", HeaderStyle.ALL, Optional.empty()));
        admitted(limit, ALICE, 7);
        ticker.advance(Duration.ofMinutes(1));
        load.set(BUSY);

        Ruling.Refused refused = (Ruling.Refused) limit.decide(ALICE);

        assertThat(body(refused)).contains("\"detail\":\"7 per 1 hour\"").doesNotContain("busy", "lowered");
        assertThat(problem(refused)).contains("#quota-exceeded");
    }

    @Test
    void leaveAMessageOfOnesOwnAsItIs() {
        EndpointLimit limit = execute(RateLimits.saying("{limit}, wait {retry_after}"));
        load.set(BUSY);
        admitted(limit, ALICE, 5);

        assertThat(body(limit.decide(ALICE)))
                .contains("\"message\":\"5 per 1 minute, wait 60\"", "\"lowered_for_load\":true");
    }

    @Test
    void leaveTiersTheirProportion() {
        EndpointLimit limit = execute(RateLimits.with(RateLimits.countedBy(CountedBy.USER)));
        load.set(BUSY);

        assertThat(admitted(limit, user("free", HOME, Tier.FREE), 200)).isEqualTo(2);
        assertThat(admitted(limit, user("pro", HOME, Tier.PRO), 200)).isEqualTo(10);
        assertThat(admitted(limit, user("enterprise", HOME, Tier.ENTERPRISE), 200))
                .isEqualTo(50);
    }

    @Test
    void areOfSubmittingJobsAlone() {
        EndpointLimit limit = throttle(RateLimits.defaults()).limit(LimitClass.GENERAL, "POST /cancel");
        load.set(BUSY);

        assertThat(admitted(limit, ALICE, 200)).isEqualTo(30);
    }

    @Test
    void areShownToOperatorsAndClients() {
        Throttle throttle = throttle(RateLimits.defaults());
        throttle.limit(LimitClass.EXECUTE, "POST /execute");
        assertThat(throttle.standings(ALICE)).singleElement().returns(false, LimitStanding::lowered);

        load.set(BUSY);

        assertThat(throttle.standings(ALICE))
                .containsExactly(
                        new LimitStanding("POST /execute", "training-execute", "5 per 1 minute", 5, 60, 5, 0, 0, true));
        assertThat(throttle.status().limits()).containsEntry("training-execute", "5/minute");
        assertThat(throttle.status().dynamic()).isEqualTo(BUSY);
    }

    @Test
    void areForgottenWithTheRestOnAReset() {
        Throttle throttle = throttle(RateLimits.defaults());
        EndpointLimit limit = throttle.limit(LimitClass.EXECUTE, "POST /execute");
        load.set(BUSY);
        admitted(limit, ALICE, 5);

        throttle.reset(ALICE);

        assertThat(admitted(limit, ALICE, 20)).isEqualTo(5);
    }

    private EndpointLimit execute(RateLimitSettings settings) {
        return throttle(settings).limit(LimitClass.EXECUTE, "POST /execute");
    }

    private Throttle throttle(RateLimitSettings settings) {
        return new Throttle(settings, store, Optional::empty, load, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }
}
