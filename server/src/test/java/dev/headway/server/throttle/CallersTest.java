package dev.headway.server.throttle;

import static dev.headway.server.throttle.Asking.admitted;
import static dev.headway.server.throttle.Asking.anonymous;
import static dev.headway.server.throttle.Asking.body;
import static dev.headway.server.throttle.Asking.caller;
import static dev.headway.server.throttle.Asking.problem;
import static dev.headway.server.throttle.Asking.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CallerRules;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.throttle.answer.LimitStanding;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.RateLimitSettings;
import dev.headway.server.throttle.settings.Rates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose requests are counted together, and how many of them are admitted. */
class CallersTest {
    private static final String HOME = "198.51.100.1";
    private static final String OFFICE = "198.51.100.2";

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void countsByTheAddressWhoeverComesFromIt() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.IP));
        admitted(limit, user("alice", HOME), 4);

        assertThat(admitted(limit, user("bob", HOME), 20)).isEqualTo(6);
        assertThat(admitted(limit, user("alice", OFFICE), 20)).isEqualTo(10);
    }

    @Test
    void countsByTheUserWhereverTheUserIs() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.USER));
        admitted(limit, user("alice", HOME), 4);

        assertThat(admitted(limit, user("alice", OFFICE), 20)).isEqualTo(6);
        assertThat(admitted(limit, user("bob", HOME), 20)).isEqualTo(10);
    }

    @Test
    void countsByBoth() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.USER_AND_IP));

        assertThat(admitted(limit, user("alice", HOME), 20)).isEqualTo(10);
        assertThat(admitted(limit, user("alice", OFFICE), 20)).isEqualTo(10);
        assertThat(admitted(limit, user("bob", HOME), 20)).isEqualTo(10);
    }

    @Test
    void countsWhoeverHasNoKeyByTheAddressWhateverIsChosen() {
        for (CountedBy countedBy : CountedBy.values()) {
            EndpointLimit limit = execute(RateLimits.countedBy(countedBy));
            admitted(limit, anonymous(HOME), 4);
            admitted(limit, caller(Identity.KEY_HOLDER, HOME), 1);

            assertThat(admitted(limit, caller(Identity.STRANGER, HOME), 20))
                    .as("%s", countedBy)
                    .isEqualTo(5);
        }
    }

    @Test
    void givesDifferentNumbersToAllUsersAndAddresses() {
        for (CountedBy countedBy : List.of(CountedBy.USER, CountedBy.USER_AND_IP)) {
            Set<List<Long>> numbers = new HashSet<>();
            int pairs = 0;
            for (String name : List.of("alice", "bob", "carol")) {
                for (String address : List.of("0.0.0.0", HOME, OFFICE, "2001:db8:1::", "2001:db8:2::", "::")) {
                    Caller caller = user(name, address);
                    numbers.add(List.of(countedBy.high(caller), countedBy.low(caller)));
                    assertThat(countedBy.high(caller) >>> 56).isEqualTo(0xff);
                    pairs++;
                }
            }

            assertThat(numbers).hasSize(countedBy == CountedBy.USER ? 3 : pairs);
        }
    }

    @Test
    void admitsAsManyAsTheTierOfAUserHas() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.USER));

        assertThat(admitted(limit, user("free", HOME, Tier.FREE), 200)).isEqualTo(5);
        assertThat(admitted(limit, user("pro", HOME, Tier.PRO), 200)).isEqualTo(20);
        assertThat(admitted(limit, user("enterprise", HOME, Tier.ENTERPRISE), 200))
                .isEqualTo(100);
        assertThat(admitted(limit, user("none", HOME), 200)).isEqualTo(10);
    }

    @Test
    void keepsWhatIsUsedWhenAUserChangesTier() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.USER));

        assertThat(admitted(limit, user("alice", HOME, Tier.FREE), 200)).isEqualTo(5);
        assertThat(admitted(limit, user("alice", HOME, Tier.PRO), 200)).isEqualTo(15);
        assertThat(admitted(limit, user("alice", HOME, Tier.FREE), 200)).isZero();
        ticker.advance(Duration.ofSeconds(60));
        assertThat(admitted(limit, user("alice", HOME, Tier.FREE), 200)).isEqualTo(5);
    }

    @Test
    void letsATierHaveOtherWindowsAndMoreLimits() {
        RateLimitSettings all = RateLimits.with(RateLimits.countedBy(CountedBy.USER));
        Rates rates = new Rates(
                Rate.parse("10/minute"),
                all.rates().general(),
                all.rates().filesystem(),
                all.rates().read(),
                all.rates().download(),
                all.rates().authFailure(),
                Map.of(Tier.PRO, Rate.parse("25/hour;20/minute")),
                Algorithm.SLIDING_WINDOW,
                Optional.empty());
        EndpointLimit limit = throttle(new RateLimitSettings(true, rates, all.wording(), all.callers(), 1_000))
                .limit(LimitClass.EXECUTE, "POST /execute");

        assertThat(admitted(limit, user("bob", HOME), 200)).isEqualTo(10);
        assertThat(admitted(limit, user("alice", HOME, Tier.PRO), 200)).isEqualTo(20);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(admitted(limit, user("bob", HOME), 200)).isEqualTo(10);
        assertThat(admitted(limit, user("alice", HOME, Tier.PRO), 200)).isEqualTo(5);
    }

    @Test
    void hasTiersForSubmittingJobsOnly() {
        EndpointLimit limit = throttle(RateLimits.countedBy(CountedBy.USER)).limit(LimitClass.GENERAL, "POST /cancel");

        assertThat(admitted(limit, user("alice", HOME, Tier.ENTERPRISE), 200)).isEqualTo(30);
    }

    @Test
    void showsHowAllLimitsStandAndResetsThem() {
        Throttle throttle = throttle(RateLimits.countedBy(CountedBy.USER));
        EndpointLimit limit = throttle.limit(LimitClass.EXECUTE, "POST /execute");
        throttle.limit(LimitClass.READ, "GET /queue");
        Caller alice = user("alice", HOME, Tier.PRO);
        admitted(limit, alice, 3);
        ticker.advance(Duration.ofSeconds(20));

        assertThat(throttle.standings(alice))
                .containsExactly(
                        new LimitStanding(
                                "POST /execute", "training-execute", "20 per 1 minute", 20, 60, 17, 40, 40, false),
                        new LimitStanding("GET /queue", "read", "600 per 1 minute", 600, 60, 600, 0, 0, false));
        assertThat(throttle.keyStandings(alice))
                .containsExactly(new LimitStanding("*", "auth-failure", "10 per 1 minute", 10, 60, 10, 0, 0, false));

        throttle.reset(alice);
        assertThat(throttle.standings(alice))
                .allSatisfy(standing -> assertThat(standing.remaining()).isEqualTo(standing.quota()));
    }

    @Test
    void saysWhatSomebodyChoseToSay() {
        Throttle throttle =
                throttle(RateLimits.saying("No more than {limit} of {endpoint}; wait {retry_after} s \u2603."));
        EndpointLimit limit = throttle.limit(LimitClass.EXECUTE, "POST /execute");
        admitted(limit, anonymous(HOME), 10);

        Ruling.Refused refused = (Ruling.Refused) limit.decide(anonymous(HOME));

        String message = "\"message\":\"No more than 10 per 1 minute of POST /execute; wait 60 s \u2603.\"";
        assertThat(body(refused)).contains(message);
        assertThat(problem(refused)).contains(message);
    }

    @Test
    void remembersWhoWasRefusedMost() {
        Throttle throttle = throttle(RateLimits.countedBy(CountedBy.IP));
        EndpointLimit limit = throttle.limit(LimitClass.EXECUTE, "POST /execute");
        admitted(limit, anonymous(HOME), 13);
        admitted(limit, anonymous(OFFICE), 30);

        assertThat(throttle.refusals().top(10))
                .extracting(count -> count.caller().client().address() + " " + count.atMost())
                .containsExactly(OFFICE + " 20", HOME + " 3");
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
