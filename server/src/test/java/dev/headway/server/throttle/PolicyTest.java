package dev.headway.server.throttle;

import static dev.headway.server.throttle.Asking.admitted;
import static dev.headway.server.throttle.Asking.body;
import static dev.headway.server.throttle.Asking.fields;
import static dev.headway.server.throttle.Asking.problem;
import static dev.headway.server.throttle.Asking.user;
import static dev.headway.server.throttle.RuledServer.ALICE;
import static dev.headway.server.throttle.RuledServer.ANYBODY;
import static dev.headway.server.throttle.RuledServer.BOB;
import static dev.headway.server.throttle.RuledServer.CANCEL;
import static dev.headway.server.throttle.RuledServer.EXECUTE;
import static dev.headway.server.throttle.RuledServer.NEIGHBOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.Algorithm;
import dev.headway.server.caller.Tier;
import dev.headway.server.throttle.answer.RateField;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.rules.BodyLength;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.RulesNotKept;
import dev.headway.server.throttle.rules.Weight;
import dev.headway.server.throttle.settings.LimitClass;
import org.junit.jupiter.api.Test;

/** Which rule of a policy holds for whom, and how that is told. */
class PolicyTest {
    private final RuledServer server = new RuledServer();
    private final EndpointLimit execute = server.execute();
    private final EndpointLimit cancel = server.cancel();

    @Test
    void letsTheFirstRuleHoldThatMatches() {
        server.adopt(
                Rules.of("2/minute").forNetwork("10.0.0.0/8"),
                Rules.of("3/minute").forUser("alice"),
                Rules.of("4/minute").forTier(Tier.PRO),
                Rules.of("5/minute").about(LimitClass.EXECUTE));

        assertThat(admitted(execute, NEIGHBOUR, 20)).isEqualTo(2);
        assertThat(admitted(execute, ALICE, 20)).isEqualTo(3);
        assertThat(admitted(execute, user("carol", "198.51.100.9", Tier.PRO), 20))
                .isEqualTo(4);
        assertThat(admitted(execute, BOB, 20)).isEqualTo(5);
        assertThat(admitted(cancel, BOB, 50)).isEqualTo(30);
    }

    @Test
    void holdsForOneEndpointAlone() {
        server.adopt(Rules.of("1/minute").about(CANCEL));

        assertThat(admitted(cancel, ANYBODY, 20)).isEqualTo(1);
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(10);
    }

    @Test
    void keepsTheLimitsOfTheEnvironmentWhereARuleNamesNone() {
        server.adopt(Rules.of("1/day").with(Quota.USUAL).weighing(Weight.fixed(2)));

        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(5);
        assertThat(admitted(execute, ALICE, 20)).isEqualTo(10);
        assertThat(admitted(cancel, ANYBODY, 50)).isEqualTo(15);
    }

    @Test
    void countsNothingWhereThereAreNoLimits() {
        server.adopt(Rules.of("1/day").with(Quota.UNLIMITED).forUser("alice"));

        assertThat(execute.decide(ALICE)).isEqualTo(Ruling.UNLIMITED);
        assertThat(server.throttle().standings(ALICE)).isEmpty();
        assertThat(server.throttle().standings(BOB)).hasSize(2);
    }

    @Test
    void tellsClientsTheLimitsAndTheWordsOfTheRule() {
        server.adopt(Rules.of("1/minute;5/hour")
                .named("batch-team")
                .saying("Only {limit} of {endpoint}.", "https://example.com/batch"));
        assertThat(fields(execute.decide(ANYBODY)))
                .containsEntry(RateField.POLICY, "\"batch-team-60\";q=1;w=60, \"batch-team-3600\";q=5;w=3600");

        Ruling.Refused refused = (Ruling.Refused) execute.decide(ANYBODY);

        assertThat(body(refused))
                .contains("\"message\":\"Only 1 per 1 minute of " + EXECUTE + ".\"")
                .contains("\"docs\":\"https://example.com/batch\"");
        assertThat(problem(refused)).contains("\"violated-policies\":[\"batch-team-60\"]");
        assertThat(server.throttle().standings(ANYBODY).get(0).policy()).isEqualTo("batch-team-60");
    }

    @Test
    void changesNothingWhereTheStoreCannotKeepARule() {
        server.adopt(Rules.of("3/minute"));

        RulesNotKept notKept = catchThrowableOfType(
                RulesNotKept.class, () -> server.adopt(Rules.of("1/minute").forUser("bob"), Rules.of("70000/minute")));

        assertThat(notKept).hasMessageStartingWith("limits.yaml:1:5: ").hasMessageContaining("65535");
        assertThat(notKept.problems()).hasSize(1);
        assertThat(admitted(execute, ANYBODY, 10)).isEqualTo(3);
        assertThat(admitted(execute, BOB, 10)).isEqualTo(3);
    }

    @Test
    void holdsAtEndpointsThatComeLater() {
        server.adopt(Rules.of("2/minute"));

        assertThat(admitted(server.throttle().limit(LimitClass.READ, "GET /queue"), ANYBODY, 10))
                .isEqualTo(2);
    }

    @Test
    void reportsTheLimitsAndThePolicyThatHold() {
        assertThat(server.throttle().status().policy()).isEmpty();

        server.adopt(
                Rules.of("1/minute").forUser("bob"),
                Rules.of("7 per minute").about(LimitClass.EXECUTE),
                Rules.of("1/minute").with(Quota.UNLIMITED).about(LimitClass.READ));

        assertThat(server.throttle().status().limits())
                .containsEntry("training-execute", "7 per minute")
                .containsEntry("training-general", "30/minute")
                .containsEntry("read", "none");
        assertThat(server.throttle().status().policy()).contains(new PolicyReport(3, "2026-11-24T12:00:00Z", 0));
        server.throttle().noteFaults(2);
        assertThat(server.throttle().status().policy()).contains(new PolicyReport(3, "2026-11-24T12:00:00Z", 2));
    }

    @Test
    void explainsWhichRuleHoldsAndWhyTheOthersDoNot() {
        server.adopt(
                Rules.of("1/day").named("tried").onlyTried(),
                Rules.of("2/minute").forNetwork("10.0.0.0/8"),
                Rules.of("3/minute").forUser("bob"),
                Rules.of("4/minute;9/hour").weighing(new Weight(1, 1_000, 3)).forTier(Tier.PRO),
                Rules.of("5/minute"));

        Explanation explanation =
                server.throttle().explain(EXECUTE, ALICE, () -> 1_500).orElseThrow();

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
        assertThat(server.throttle().explain("GET /health", ALICE, BodyLength.NONE))
                .isEmpty();
    }
}
