package dev.headway.server.throttle;

import static dev.headway.server.throttle.Asking.admitted;
import static dev.headway.server.throttle.Asking.body;
import static dev.headway.server.throttle.Asking.fields;
import static dev.headway.server.throttle.RuledServer.ALICE;
import static dev.headway.server.throttle.RuledServer.ANYBODY;
import static dev.headway.server.throttle.RuledServer.BOB;
import static dev.headway.server.throttle.RuledServer.NEIGHBOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.server.throttle.answer.RateField;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.rules.Weight;
import dev.headway.server.throttle.settings.LimitClass;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds by the terms of a rule. */
class RuleTermsTest {
    private final RuledServer server = new RuledServer();
    private final EndpointLimit execute = server.execute();
    private final EndpointLimit cancel = server.cancel();

    @Test
    void letsRulesOfAllAlgorithmsStandBesideEachOther() {
        server.adopt(
                Rules.of("6/minute").byBuckets(9).forUser("alice"),
                Rules.of("6/minute").byBuckets(3).forUser("bob"),
                Rules.of("5/hour").by(Algorithm.FIXED_WINDOW).forNetwork("10.0.0.0/8"),
                Rules.of("4/minute").by(Algorithm.PACING));

        assertThat(admitted(execute, ALICE, 20)).isEqualTo(9);
        assertThat(admitted(execute, BOB, 20)).isEqualTo(3);
        assertThat(admitted(execute, NEIGHBOUR, 20)).isEqualTo(5);
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(1);
    }

    @Test
    void weighsRequestsByTheLengthOfTheirBodies() {
        server.adopt(Rules.of("10/minute").weighing(new Weight(1, 1_000_000, Integer.MAX_VALUE)));

        assertThat(remainingAfter(0)).isEqualTo("9");
        assertThat(remainingAfter(1_000_000)).isEqualTo("8");
        assertThat(remainingAfter(1_000_001)).isEqualTo("6");
        assertThat(remainingAfter(4_000_001)).isEqualTo("1");
        assertThat(execute.decide(ANYBODY, () -> 1_000_001)).isInstanceOf(Ruling.Refused.class);
        assertThat(execute.decide(ANYBODY, () -> 1_000_000)).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void takesAllOfALimitForABodyThatWeighsMoreOrTellsNoLength() {
        server.adopt(Rules.of("10/minute").weighing(new Weight(1, 1_000_000, Integer.MAX_VALUE)));

        assertThat(execute.decide(ANYBODY, () -> 5_000_000_000L)).isInstanceOf(Ruling.Admitted.class);
        assertThat(execute.decide(BOB, () -> Weight.UNKNOWN_LENGTH)).isInstanceOf(Ruling.Admitted.class);

        assertThat(execute.decide(ANYBODY)).isInstanceOf(Ruling.Refused.class);
        assertThat(execute.decide(BOB)).isInstanceOf(Ruling.Refused.class);
    }

    @Test
    void shutsOutWhoIsRefusedTooOftenAndSaysForHowLong() {
        server.adopt(
                Rules.of("1/minute")
                        .penalising("3/minute", Duration.ofMinutes(10))
                        .forUser("alice"),
                Rules.of("1/minute").penalising("9/minute", Duration.ofMinutes(5)));
        admitted(execute, ALICE, 4);
        admitted(execute, BOB, 4);
        server.ticker().advance(Duration.ofMinutes(2));

        assertThat(execute.decide(BOB)).isInstanceOf(Ruling.Admitted.class);
        Ruling.Refused refused = (Ruling.Refused) execute.decide(ALICE);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(fields(refused))
                .containsEntry(RateField.RETRY_AFTER, "480")
                .containsEntry(RateField.STANDING, "\"training-execute\";r=0;t=480")
                .containsEntry(RateField.REMAINING, "0");
        assertThat(body(refused)).contains("\"message\":\"Refused too often; try again in 480 seconds.\"");
        server.ticker().advance(Duration.ofMinutes(8));
        assertThat(execute.decide(ALICE)).isInstanceOf(Ruling.Admitted.class);
    }

    @Test
    void triesARuleBesideTheOneThatHolds() {
        server.adopt(Rules.of("3/minute").named("strict").onlyTried(), Rules.of("8/minute"));

        assertThat(admitted(execute, ANYBODY, 10)).isEqualTo(8);

        assertThat(server.throttle().tried())
                .containsExactly(new PolicyReport.Tried("\"strict\"", "limits.yaml:1:5", 3, 7));
        assertThat(server.throttle().standings(ANYBODY).get(0).remaining()).isZero();
        assertThat(server.throttle().refusals().total()).isEqualTo(2);
    }

    @Test
    void lowersTheLimitsOfARuleWhileTheServerIsBusy() {
        server.adopt(
                Rules.of("8/minute").busy("2/minute").about(LimitClass.GENERAL),
                Rules.of("20/minute").forUser("alice"),
                Rules.of("30/minute").about(LimitClass.EXECUTE));
        server.load()
                .set(new LoadReport(
                        "gpu", true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(admitted(cancel, ANYBODY, 20)).isEqualTo(2);
        assertThat(admitted(execute, ALICE, 50)).as("in proportion, as a tier").isEqualTo(10);
        assertThat(admitted(execute, ANYBODY, 50)).as("as everybody").isEqualTo(5);
        assertThat(server.throttle().status().limits())
                .containsEntry("training-general", "2/minute")
                .containsEntry("training-execute", "5/minute");
    }

    private String remainingAfter(long bytes) {
        return String.valueOf(fields(execute.decide(ANYBODY, () -> bytes)).get(RateField.REMAINING));
    }
}
