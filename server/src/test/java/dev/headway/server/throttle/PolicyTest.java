package dev.headway.server.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Client;
import dev.headway.server.throttle.answer.RateField;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.rules.BodyLength;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.RulesNotKept;
import dev.headway.server.throttle.rules.Weight;
import dev.headway.server.throttle.settings.LimitClass;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Which rule holds, what holds by it, and what becomes of what is used when another policy holds. */
class PolicyTest {
    private static final Caller ANYBODY = caller(Identity.ANONYMOUS, "198.51.100.1");
    private static final Caller NEIGHBOUR = caller(Identity.ANONYMOUS, "10.1.2.3");
    private static final Caller ALICE = caller(new User("alice", Optional.of(Tier.PRO)), "198.51.100.2");
    private static final Caller BOB = caller(new User("bob", Optional.empty()), "198.51.100.3");
    private static final String EXECUTE = "POST /api/training/execute";
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    private final ManualTicker ticker = new ManualTicker();
    private final LoadSignal load = LoadSignal.off();
    private final Throttle throttle = new Throttle(
            RateLimits.with(RateLimits.countedBy(CountedBy.USER)),
            MemoryStore.builder().ticker(ticker).build(),
            Optional::empty,
            load,
            NOON);
    private final EndpointLimit execute = throttle.limit(LimitClass.EXECUTE, EXECUTE);
    private final EndpointLimit cancel = throttle.limit(LimitClass.GENERAL, "POST /api/training/cancel/{job_id}");

    @Test
    void letsTheFirstRuleHoldThatMatches() {
        throttle.adopt(Rules.policy(
                Rules.of("2/minute").forNetwork("10.0.0.0/8"),
                Rules.of("3/minute").forUser("alice"),
                Rules.of("4/minute").forTier(Tier.PRO),
                Rules.of("5/minute").about(LimitClass.EXECUTE)));

        assertThat(admitted(execute, NEIGHBOUR, 20)).isEqualTo(2);
        assertThat(admitted(execute, ALICE, 20)).isEqualTo(3);
        assertThat(admitted(execute, caller(new User("carol", Optional.of(Tier.PRO)), "198.51.100.9"), 20))
                .isEqualTo(4);
        assertThat(admitted(execute, BOB, 20)).isEqualTo(5);
        assertThat(admitted(cancel, BOB, 50)).isEqualTo(30);
    }

    @Test
    void holdsForOneEndpointAlone() {
        throttle.adopt(Rules.policy(Rules.of("1/minute").about("POST /api/training/cancel/{job_id}")));

        assertThat(admitted(cancel, ANYBODY, 20)).isEqualTo(1);
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(10);
    }

    @Test
    void keepsTheLimitsOfTheEnvironmentWhereARuleNamesNone() {
        throttle.adopt(Rules.policy(Rules.of("1/day").with(Quota.USUAL).weighing(Weight.fixed(2))));

        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(5);
        assertThat(admitted(execute, ALICE, 20)).isEqualTo(10);
        assertThat(admitted(cancel, ANYBODY, 50)).isEqualTo(15);
    }

    @Test
    void countsNothingWhereThereAreNoLimits() {
        throttle.adopt(Rules.policy(Rules.of("1/day").with(Quota.UNLIMITED).forUser("alice")));

        assertThat(execute.decide(ALICE)).isEqualTo(Ruling.UNLIMITED);
        assertThat(throttle.standings(ALICE)).isEmpty();
        assertThat(throttle.standings(BOB)).hasSize(2);
    }

    @Test
    void tellsClientsTheLimitsAndTheWordsOfTheRule() {
        throttle.adopt(Rules.policy(Rules.of("1/minute;5/hour")
                .named("batch-team")
                .saying("Only {limit} of {endpoint}.", "https://example.com/batch")));
        assertThat(fields(execute.decide(ANYBODY)))
                .containsEntry(RateField.POLICY, "\"batch-team-60\";q=1;w=60, \"batch-team-3600\";q=5;w=3600");

        Ruling.Refused refused = (Ruling.Refused) execute.decide(ANYBODY);

        assertThat(text(refused.body(Optional.empty())))
                .contains("\"message\":\"Only 1 per 1 minute of " + EXECUTE + ".\"")
                .contains("\"docs\":\"https://example.com/batch\"");
        assertThat(text(refused.problemBody(Optional.empty()))).contains("\"violated-policies\":[\"batch-team-60\"]");
        assertThat(throttle.standings(ANYBODY).get(0).policy()).isEqualTo("batch-team-60");
    }

    @Test
    void forgetsNothingWhenALimitIsLoweredAndHasRoomAtOnceWhenItIsRaised() {
        throttle.adopt(Rules.policy(Rules.of("8/minute")));
        assertThat(admitted(execute, ANYBODY, 6)).isEqualTo(6);

        throttle.adopt(Rules.policy(Rules.of("4/minute")));
        assertThat(admitted(execute, ANYBODY, 20)).isZero();
        throttle.adopt(Rules.policy(Rules.of("9/minute").named("other")));
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(3);
        throttle.adopt(Policy.NONE);
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(1);
    }

    @Test
    void keepsWhatIsUsedWhenWindowsBecomeLonger() {
        assertThat(admitted(execute, ANYBODY, 6)).isEqualTo(6);
        ticker.advance(Duration.ofSeconds(50));

        throttle.adopt(Rules.policy(Rules.of("7/hour")));

        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(1);
        ticker.advance(Duration.ofMinutes(59));
        assertThat(admitted(execute, ANYBODY, 20)).isZero();
        ticker.advance(Duration.ofSeconds(10));
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(6);
    }

    @Test
    void keepsWhatIsUsedWhenACallerComesUnderAnotherRule() {
        throttle.adopt(Rules.policy(
                Rules.of("20/minute").forNetwork("10.0.0.0/8"),
                Rules.of("12/minute").forUser("alice")));
        assertThat(admitted(execute, ALICE, 5)).isEqualTo(5);

        assertThat(admitted(execute, caller(ALICE.identity(), "10.0.0.1"), 50)).isEqualTo(15);
        assertThat(admitted(execute, ALICE, 50)).isZero();
    }

    @Test
    void countsRulesOfAnotherAlgorithmApartAndFindsWhatTheyHadCounted() {
        Policy buckets = Rules.policy(Rules.of("6/minute").by(Algorithm.TOKEN_BUCKET, 2));
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(10);
        throttle.adopt(buckets);
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(2);

        throttle.adopt(Policy.NONE);
        assertThat(admitted(execute, ANYBODY, 20)).isZero();
        throttle.adopt(buckets);
        assertThat(admitted(execute, ANYBODY, 20)).isZero();
        ticker.advance(Duration.ofSeconds(10));
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(1);
    }

    @Test
    void letsRulesOfAllAlgorithmsStandBesideEachOther() {
        throttle.adopt(Rules.policy(
                Rules.of("6/minute").by(Algorithm.TOKEN_BUCKET, 9).forUser("alice"),
                Rules.of("6/minute").by(Algorithm.TOKEN_BUCKET, 3).forUser("bob"),
                Rules.of("5/hour").by(Algorithm.FIXED_WINDOW, 0).forNetwork("10.0.0.0/8"),
                Rules.of("4/minute").by(Algorithm.PACING, 0)));

        assertThat(admitted(execute, ALICE, 20)).isEqualTo(9);
        assertThat(admitted(execute, BOB, 20)).isEqualTo(3);
        assertThat(admitted(execute, NEIGHBOUR, 20)).isEqualTo(5);
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(1);
    }

    @Test
    void weighsRequestsByTheLengthOfTheirBodies() {
        throttle.adopt(Rules.policy(Rules.of("10/minute").weighing(new Weight(1, 1_000_000, Integer.MAX_VALUE))));

        assertThat(remainingAfter(0)).isEqualTo("9");
        assertThat(remainingAfter(1_000_000)).isEqualTo("8");
        assertThat(remainingAfter(1_000_001)).isEqualTo("6");
        assertThat(remainingAfter(4_000_001)).isEqualTo("1");
        assertThat(execute.decide(ANYBODY, () -> 1_000_001)).isInstanceOf(Ruling.Refused.class);
        assertThat(execute.decide(ANYBODY, () -> 1_000_000)).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void takesAllOfALimitForABodyThatWeighsMoreOrTellsNoLength() {
        throttle.adopt(Rules.policy(Rules.of("10/minute").weighing(new Weight(1, 1_000_000, Integer.MAX_VALUE))));

        assertThat(execute.decide(ANYBODY, () -> 5_000_000_000L)).isInstanceOf(Ruling.Admitted.class);
        assertThat(execute.decide(BOB, () -> Weight.UNKNOWN_LENGTH)).isInstanceOf(Ruling.Admitted.class);

        assertThat(execute.decide(ANYBODY)).isInstanceOf(Ruling.Refused.class);
        assertThat(execute.decide(BOB)).isInstanceOf(Ruling.Refused.class);
    }

    @Test
    void weighsNoMoreThanTheMost() {
        assertThat(new Weight(2, 10, 7).of(() -> Weight.UNKNOWN_LENGTH, 100)).isEqualTo(7);
        assertThat(new Weight(2, 10, 7).of(() -> 30, 100)).isEqualTo(6);
        assertThat(new Weight(2, 10, 7).of(() -> 30, 5)).isEqualTo(5);
        assertThat(new Weight(1_000_000, 1, Integer.MAX_VALUE).of(() -> Weight.UNKNOWN_LENGTH, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Weight.fixed(3).of(() -> Weight.UNKNOWN_LENGTH, 100)).isEqualTo(3);
    }

    @Test
    void shutsOutWhoIsRefusedTooOftenAndSaysForHowLong() {
        throttle.adopt(Rules.policy(
                Rules.of("1/minute")
                        .penalising("3/minute", Duration.ofMinutes(10))
                        .forUser("alice"),
                Rules.of("1/minute").penalising("9/minute", Duration.ofMinutes(5))));
        admitted(execute, ALICE, 4);
        admitted(execute, BOB, 4);
        ticker.advance(Duration.ofMinutes(2));

        assertThat(execute.decide(BOB)).isInstanceOf(Ruling.Admitted.class);
        Ruling.Refused refused = (Ruling.Refused) execute.decide(ALICE);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(fields(refused))
                .containsEntry(RateField.RETRY_AFTER, "480")
                .containsEntry(RateField.STANDING, "\"training-execute\";r=0;t=480")
                .containsEntry(RateField.REMAINING, "0");
        assertThat(text(refused.body(Optional.empty())))
                .contains("\"message\":\"Refused too often; try again in 480 seconds.\"");
        ticker.advance(Duration.ofMinutes(8));
        assertThat(execute.decide(ALICE)).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void triesARuleBesideTheOneThatHolds() {
        throttle.adopt(Rules.policy(Rules.of("3/minute").named("strict").onlyTried(), Rules.of("8/minute")));

        assertThat(admitted(execute, ANYBODY, 10)).isEqualTo(8);

        assertThat(throttle.tried()).containsExactly(new PolicyReport.Tried("\"strict\"", "limits.yaml:1:5", 3, 7));
        assertThat(throttle.standings(ANYBODY).get(0).remaining()).isZero();
        assertThat(throttle.refusals().total()).isEqualTo(2);
    }

    @Test
    void holdsARuleThatWasTriedOverWhatWasReallyUsed() {
        throttle.adopt(Rules.policy(Rules.of("3/minute").onlyTried()));
        assertThat(admitted(execute, ANYBODY, 5)).isEqualTo(5);

        throttle.adopt(Rules.policy(Rules.of("6/minute")));

        assertThat(admitted(execute, ANYBODY, 10)).isEqualTo(1);
    }

    @Test
    void lowersTheLimitsOfARuleWhileTheServerIsBusy() {
        throttle.adopt(Rules.policy(
                Rules.of("8/minute").busy("2/minute").about(LimitClass.GENERAL),
                Rules.of("20/minute").forUser("alice"),
                Rules.of("30/minute").about(LimitClass.EXECUTE)));
        load.set(new LoadReport("gpu", true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(admitted(cancel, ANYBODY, 20)).isEqualTo(2);
        assertThat(admitted(execute, ALICE, 50)).as("in proportion, as a tier").isEqualTo(10);
        assertThat(admitted(execute, ANYBODY, 50)).as("as everybody").isEqualTo(5);
        assertThat(throttle.status().limits())
                .containsEntry("training-general", "2/minute")
                .containsEntry("training-execute", "5/minute");
    }

    @Test
    void changesNothingWhereTheStoreCannotKeepARule() {
        throttle.adopt(Rules.policy(Rules.of("3/minute")));

        RulesNotKept notKept = catchThrowableOfType(
                RulesNotKept.class,
                () -> throttle.adopt(Rules.policy(Rules.of("1/minute").forUser("bob"), Rules.of("70000/minute"))));

        assertThat(notKept).hasMessageStartingWith("limits.yaml:1:5: ").hasMessageContaining("65535");
        assertThat(notKept.problems()).hasSize(1);
        assertThat(admitted(execute, ANYBODY, 10)).isEqualTo(3);
        assertThat(admitted(execute, BOB, 10)).isEqualTo(3);
    }

    @Test
    void holdsAtEndpointsThatComeLater() {
        throttle.adopt(Rules.policy(Rules.of("2/minute")));

        assertThat(admitted(throttle.limit(LimitClass.READ, "GET /queue"), ANYBODY, 10))
                .isEqualTo(2);
    }

    @Test
    void forgetsEverythingOfACallerWhoIsReset() {
        Policy strict = Rules.policy(Rules.of("1/minute").penalising("1/minute", Duration.ofHours(1)));
        throttle.adopt(strict);
        admitted(execute, ANYBODY, 5);
        throttle.adopt(Rules.policy(Rules.of("2/minute").by(Algorithm.FIXED_WINDOW, 0)));
        admitted(execute, ANYBODY, 5);

        throttle.reset(ANYBODY);

        assertThat(admitted(execute, ANYBODY, 1)).isEqualTo(1);
        throttle.adopt(strict);
        assertThat(admitted(execute, ANYBODY, 1)).isEqualTo(1);
    }

    @Test
    void reportsTheLimitsAndThePolicyThatHold() {
        assertThat(throttle.status().policy()).isEmpty();

        throttle.adopt(Rules.policy(
                Rules.of("1/minute").forUser("bob"),
                Rules.of("7 per minute").about(LimitClass.EXECUTE),
                Rules.of("1/minute").with(Quota.UNLIMITED).about(LimitClass.READ)));

        assertThat(throttle.status().limits())
                .containsEntry("training-execute", "7 per minute")
                .containsEntry("training-general", "30/minute")
                .containsEntry("read", "none");
        assertThat(throttle.status().policy()).contains(new PolicyReport(3, "2026-11-24T12:00:00Z", 0));
        throttle.noteFaults(2);
        assertThat(throttle.status().policy()).contains(new PolicyReport(3, "2026-11-24T12:00:00Z", 2));
    }

    @Test
    void explainsWhichRuleHoldsAndWhyTheOthersDoNot() {
        throttle.adopt(Rules.policy(
                Rules.of("1/day").named("tried").onlyTried(),
                Rules.of("2/minute").forNetwork("10.0.0.0/8"),
                Rules.of("3/minute").forUser("bob"),
                Rules.of("4/minute;9/hour").weighing(new Weight(1, 1_000, 3)).forTier(Tier.PRO),
                Rules.of("5/minute")));

        Explanation explanation = throttle.explain(EXECUTE, ALICE, () -> 1_500).orElseThrow();

        assertThat(explanation.rule().orElseThrow().title()).isEqualTo("all endpoints, tier pro");
        assertThat(explanation.passedOver())
                .extracting(Explanation.PassedOver::reason)
                .containsExactly("it is for network 10.0.0.0/8", "it is for user bob");
        assertThat(explanation.tried().orElseThrow().title()).isEqualTo("\"tried\"");
        Explanation.Counting counting = explanation.counting().orElseThrow();
        assertThat(counting.limits()).hasToString("[4/minute, 9/hour]");
        assertThat(counting.permits()).isEqualTo(2);
        assertThat(counting.algorithm()).isEqualTo(Algorithm.SLIDING_WINDOW);
        assertThat(counting.policies()).containsExactly("training-execute-60", "training-execute-3600");
        assertThat(throttle.explain("GET /health", ALICE, BodyLength.NONE)).isEmpty();
    }

    @Test
    void losesNoRequestAndGivesNoAmnestyWhilePoliciesAreExchanged() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> admitted = new ArrayList<>();
        try {
            for (int thread = 0; thread < 3; thread++) {
                admitted.add(threads.submit(admittedUntil(isOver)));
            }
            for (int exchange = 0; exchange < 500; exchange++) {
                throttle.adopt(Rules.policy(Rules.of("40/minute")));
                throttle.adopt(Rules.policy(
                        Rules.of("20/hour").forUser("alice"),
                        Rules.of("25/minute;50/day").named("n" + exchange)));
            }
            isOver.set(true);

            int sum = 0;
            for (Future<Integer> one : admitted) {
                sum += one.get();
            }
            assertThat(sum).isBetween(25, 40);
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Integer> admittedUntil(AtomicBoolean isOver) {
        return () -> {
            int sum = 0;
            while (!isOver.get()) {
                sum += admitted(execute, ANYBODY, 100);
            }
            return sum;
        };
    }

    private String remainingAfter(long bytes) {
        return String.valueOf(fields(execute.decide(ANYBODY, () -> bytes)).get(RateField.REMAINING));
    }

    private static int admitted(EndpointLimit limit, Caller caller, int times) {
        int admitted = 0;
        for (int time = 0; time < times; time++) {
            admitted += limit.decide(caller) instanceof Ruling.Admitted ? 1 : 0;
        }
        return admitted;
    }

    private static Map<RateField, String> fields(Ruling ruling) {
        Map<RateField, String> fields = new EnumMap<>(RateField.class);
        ruling.writeFields(fields::put);
        return fields;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Caller caller(Identity identity, String address) {
        ClientAddress found = ClientAddress.find(address).orElseThrow();
        return new Caller(new Client(found, found), identity);
    }
}
