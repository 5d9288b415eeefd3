package dev.headway.server.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CallerRules;
import dev.headway.server.caller.CallerSet;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.caller.client.Client;
import dev.headway.server.throttle.answer.LimitStanding;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.RateLimitSettings;
import dev.headway.server.throttle.settings.Rates;
import java.nio.charset.StandardCharsets;
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
            admitted(limit, caller(Identity.ANONYMOUS, HOME), 4);
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
    void slowsDownWhoeverGuessesKeys() {
        Throttle throttle = throttle(RateLimits.countedBy(CountedBy.USER));
        EndpointLimit read = throttle.limit(LimitClass.READ, "GET /queue");
        EndpointLimit status = throttle.limit(LimitClass.READ, "GET /status");

        assertThat(admitted(read, caller(Identity.STRANGER, HOME), 200)).isEqualTo(10);
        assertThat(admitted(status, caller(Identity.STRANGER, HOME), 200)).isZero();
        assertThat(text(status.decide(caller(Identity.STRANGER, HOME))))
                .contains("\"message\":\"Too many wrong keys; try again in 60 seconds.\"");
    }

    @Test
    void tellsAGuesserNothingByLettingTheRightKeyThrough() {
        EndpointLimit limit = execute(RateLimits.countedBy(CountedBy.USER));
        admitted(limit, caller(Identity.STRANGER, HOME), 10);

        assertThat(text(limit.decide(user("alice", HOME))))
                .isEqualTo(text(limit.decide(caller(Identity.STRANGER, HOME))));
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

        assertThat(admitted(limit, caller(Identity.ANONYMOUS, HOME), 50)).isEqualTo(50);
        assertThat(admitted(limit, user("root", "203.0.113.1"), 50)).isEqualTo(50);
        assertThat(admitted(limit, user("alice", "203.0.113.1"), 50)).isEqualTo(10);
        assertThat(limit.decide(caller(Identity.ANONYMOUS, OFFICE))).isEqualTo(Ruling.DENIED);
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

        assertThat(limit.decide(caller(Identity.ANONYMOUS, OFFICE))).isEqualTo(Ruling.DENIED);
        assertThat(admitted(limit, caller(Identity.ANONYMOUS, HOME), 50)).isEqualTo(50);
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
    void forgivesWrongKeysWhenItIsToldTo() {
        Throttle throttle = throttle(RateLimits.countedBy(CountedBy.USER));
        EndpointLimit limit = throttle.limit(LimitClass.EXECUTE, "POST /execute");
        admitted(limit, caller(Identity.STRANGER, HOME), 20);
        assertThat(limit.decide(user("alice", HOME))).isInstanceOf(Ruling.Refused.class);

        throttle.resetKeys(caller(Identity.ANONYMOUS, HOME));

        assertThat(limit.decide(user("alice", HOME))).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void saysWhatSomebodyChoseToSay() {
        Throttle throttle =
                throttle(RateLimits.saying("No more than {limit} of {endpoint}; wait {retry_after} s \u2603."));
        EndpointLimit limit = throttle.limit(LimitClass.EXECUTE, "POST /execute");
        admitted(limit, caller(Identity.ANONYMOUS, HOME), 10);

        Ruling.Refused refused = (Ruling.Refused) limit.decide(caller(Identity.ANONYMOUS, HOME));

        String message = "\"message\":\"No more than 10 per 1 minute of POST /execute; wait 60 s \u2603.\"";
        assertThat(text(refused)).contains(message);
        assertThat(new String(refused.problemBody(Optional.empty()), StandardCharsets.UTF_8))
                .contains(message);
    }

    @Test
    void remembersWhoWasRefusedMost() {
        Throttle throttle = throttle(RateLimits.countedBy(CountedBy.IP));
        EndpointLimit limit = throttle.limit(LimitClass.EXECUTE, "POST /execute");
        admitted(limit, caller(Identity.ANONYMOUS, HOME), 13);
        admitted(limit, caller(Identity.ANONYMOUS, OFFICE), 30);

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

    /** Decides so often and returns how many went on. */
    private static int admitted(EndpointLimit limit, Caller caller, int times) {
        int admitted = 0;
        for (int time = 0; time < times; time++) {
            Ruling ruling = limit.decide(caller);
            admitted += ruling instanceof Ruling.Admitted || ruling instanceof Ruling.Unlimited ? 1 : 0;
        }
        return admitted;
    }

    private static String text(Ruling ruling) {
        return new String(((Ruling.Refused) ruling).body(Optional.empty()), StandardCharsets.UTF_8);
    }

    private static Caller user(String name, String address) {
        return caller(new User(name, Optional.empty()), address);
    }

    private static Caller user(String name, String address, Tier tier) {
        return caller(new User(name, Optional.of(tier)), address);
    }

    private static Caller caller(Identity identity, String address) {
        ClientAddress found = ClientAddress.find(address).orElseThrow();
        return new Caller(new Client(found, found), identity);
    }
}
