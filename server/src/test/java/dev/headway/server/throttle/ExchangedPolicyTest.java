package dev.headway.server.throttle;

import static dev.headway.server.throttle.Asking.admitted;
import static dev.headway.server.throttle.Asking.caller;
import static dev.headway.server.throttle.RuledServer.ALICE;
import static dev.headway.server.throttle.RuledServer.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.server.throttle.rules.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What becomes of what is used when another policy holds. */
class ExchangedPolicyTest {
    private final RuledServer server = new RuledServer();
    private final EndpointLimit execute = server.execute();

    @Test
    void forgetsNothingWhenALimitIsLoweredAndHasRoomAtOnceWhenItIsRaised() {
        server.adopt(Rules.of("8/minute"));
        assertThat(admitted(execute, ANYBODY, 6)).isEqualTo(6);

        server.adopt(Rules.of("4/minute"));
        assertThat(admitted(execute, ANYBODY, 20)).isZero();
        server.adopt(Rules.of("9/minute").named("other"));
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(3);
        server.adopt(Policy.NONE);
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(1);
    }

    @Test
    void keepsWhatIsUsedWhenWindowsBecomeLonger() {
        assertThat(admitted(execute, ANYBODY, 6)).isEqualTo(6);
        server.ticker().advance(Duration.ofSeconds(50));

        server.adopt(Rules.of("7/hour"));

        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(1);
        server.ticker().advance(Duration.ofMinutes(59));
        assertThat(admitted(execute, ANYBODY, 20)).isZero();
        server.ticker().advance(Duration.ofSeconds(10));
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(6);
    }

    @Test
    void keepsWhatIsUsedWhenACallerComesUnderAnotherRule() {
        server.adopt(
                Rules.of("20/minute").forNetwork("10.0.0.0/8"),
                Rules.of("12/minute").forUser("alice"));
        assertThat(admitted(execute, ALICE, 5)).isEqualTo(5);

        assertThat(admitted(execute, caller(ALICE.identity(), "10.0.0.1"), 50)).isEqualTo(15);
        assertThat(admitted(execute, ALICE, 50)).isZero();
    }

    @Test
    void countsRulesOfAnotherAlgorithmApartAndFindsWhatTheyHadCounted() {
        Policy buckets = Rules.policy(Rules.of("6/minute").byBuckets(2));
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(10);
        server.adopt(buckets);
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(2);

        server.adopt(Policy.NONE);
        assertThat(admitted(execute, ANYBODY, 20)).isZero();
        server.adopt(buckets);
        assertThat(admitted(execute, ANYBODY, 20)).isZero();
        server.ticker().advance(Duration.ofSeconds(10));
        assertThat(admitted(execute, ANYBODY, 20)).isEqualTo(1);
    }

    @Test
    void holdsARuleThatWasTriedOverWhatWasReallyUsed() {
        server.adopt(Rules.of("3/minute").onlyTried());
        assertThat(admitted(execute, ANYBODY, 5)).isEqualTo(5);

        server.adopt(Rules.of("6/minute"));

        assertThat(admitted(execute, ANYBODY, 10)).isEqualTo(1);
    }

    @Test
    void forgetsEverythingOfACallerWhoIsReset() {
        Policy strict = Rules.policy(Rules.of("1/minute").penalising("1/minute", Duration.ofHours(1)));
        server.adopt(strict);
        admitted(execute, ANYBODY, 5);
        server.adopt(Rules.of("2/minute").by(Algorithm.FIXED_WINDOW));
        admitted(execute, ANYBODY, 5);

        server.throttle().reset(ANYBODY);

        assertThat(admitted(execute, ANYBODY, 1)).isEqualTo(1);
        server.adopt(strict);
        assertThat(admitted(execute, ANYBODY, 1)).isEqualTo(1);
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
                server.adopt(Rules.of("40/minute"));
                server.adopt(
                        Rules.of("20/hour").forUser("alice"),
                        Rules.of("25/minute;50/day").named("n" + exchange));
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
}
