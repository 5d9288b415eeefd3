package dev.headway.server.throttle;

import static dev.headway.server.throttle.Asking.admitted;
import static dev.headway.server.throttle.Asking.anonymous;
import static dev.headway.server.throttle.Asking.body;
import static dev.headway.server.throttle.Asking.caller;
import static dev.headway.server.throttle.Asking.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.CallerRules;
import dev.headway.server.caller.CallerSet;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is asked for no limit, who for patience, and who is not served at all. */
class DoormanTest {
    private static final String HOME = "198.51.100.1";
    private static final String OFFICE = "198.51.100.2";

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void slowsDownWhoeverGuessesKeys() {
        Throttle throttle = throttle(RateLimits.countedBy(CountedBy.USER));
        EndpointLimit read = throttle.limit(LimitClass.READ, "GET /queue");
        EndpointLimit status = throttle.limit(LimitClass.READ, "GET /status");

        assertThat(admitted(read, caller(Identity.STRANGER, HOME), 200)).isEqualTo(10);
        assertThat(admitted(status, caller(Identity.STRANGER, HOME), 200)).isZero();
        assertThat(body(status.decide(caller(Identity.STRANGER, HOME))))
                .contains("\"message\":\"Too many wrong keys; try again in 60 seconds.\"");
    }

    @Test
    void tellsAGuesserNothingByLettingTheRightKeyThrough() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.USER));
        admitted(limit, caller(Identity.STRANGER, HOME), 10);

        assertThat(body(limit.decide(user("alice", HOME))))
                .isEqualTo(body(limit.decide(caller(Identity.STRANGER, HOME))));
        assertThat(limit.decide(user("alice", OFFICE))).isInstanceOf(Ruling.Admitted.class);
        ticker.advance(Duration.ofSeconds(60));
        assertThat(limit.decide(user("alice", HOME))).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void countsNoRightKeyAsAGuess() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.USER));
        admitted(limit, user("alice", HOME, Tier.ENTERPRISE), 90);

        assertThat(admitted(limit, caller(Identity.STRANGER, HOME), 20)).isEqualTo(10);
    }

    @Test
    void neverLimitsTheOperator() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.IP));

        assertThat(admitted(limit, caller(Identity.OPERATOR, HOME), 50)).isEqualTo(50);
        admitted(limit, caller(Identity.STRANGER, HOME), 50);
        assertThat(limit.decide(caller(Identity.OPERATOR, HOME))).isInstanceOf(Ruling.Refused.class);
    }

    @Test
    void neverLimitsWhoeverIsAllowedAndServesNobodyWhoIsDenied() {
        EndpointLimit limit = execute(new CallerRules(
                NetworkSet.of(List.of()),
                64,
                CountedBy.IP,
                CallerSet.union(List.of(CallerSet.parse("198.51.100.0/24"), CallerSet.parse("user:root"))),
                CallerSet.union(List.of(CallerSet.parse(OFFICE), CallerSet.parse("user:mallory")))));

        assertThat(admitted(limit, anonymous(HOME), 50)).isEqualTo(50);
        assertThat(admitted(limit, user("root", "203.0.113.1"), 50)).isEqualTo(50);
        assertThat(admitted(limit, user("alice", "203.0.113.1"), 50)).isEqualTo(10);
        assertThat(limit.decide(anonymous(OFFICE))).isEqualTo(Ruling.DENIED);
        assertThat(limit.decide(user("root", OFFICE))).isEqualTo(Ruling.DENIED);
        assertThat(limit.decide(user("mallory", HOME))).isEqualTo(Ruling.DENIED);
    }

    @Test
    void servesNobodyWhoIsDeniedWhenNothingIsCounted() {
        CallerRules rules = new CallerRules(
                NetworkSet.of(List.of()), 64, CountedBy.IP, CallerSet.nobody(), CallerSet.parse(OFFICE));
        RateLimitSettings on = RateLimits.with(rules);
        RateLimitSettings off = new RateLimitSettings(false, on.rates(), on.wording(), rules, on.maxClients());
        EndpointLimit limit = throttle(off).limit(LimitClass.EXECUTE, "POST /execute");

        assertThat(limit.decide(anonymous(OFFICE))).isEqualTo(Ruling.DENIED);
        assertThat(admitted(limit, anonymous(HOME), 50)).isEqualTo(50);
    }

    @Test
    void forgivesWrongKeysWhenItIsToldTo() {
        Throttle throttle = throttle(RateLimits.countedBy(CountedBy.USER));
        EndpointLimit limit = throttle.limit(LimitClass.EXECUTE, "POST /execute");
        admitted(limit, caller(Identity.STRANGER, HOME), 20);
        assertThat(limit.decide(user("alice", HOME))).isInstanceOf(Ruling.Refused.class);

        throttle.resetKeys(anonymous(HOME));

        assertThat(limit.decide(user("alice", HOME))).isInstanceOf(Ruling.Admitted.class);
    }

    private EndpointLimit execute(CallerRules rules) {
        return throttle(rules).limit(LimitClass.EXECUTE, "POST /execute");
    }

    private Throttle throttle(CallerRules rules) {
        return throttle(RateLimits.with(rules));
    }

    private Throttle throttle(RateLimitSettings settings) {
        MemoryStore store = MemoryStore.builder().ticker(ticker).build();
        return new Throttle(settings, store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }
}
