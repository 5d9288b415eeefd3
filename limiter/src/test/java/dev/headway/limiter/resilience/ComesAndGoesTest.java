package dev.headway.limiter.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.JointDecision;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * However the store comes and goes, as long as it forgets nothing: never more than the limit passes through a server in any window, be
 * it by requests for one key or for two, or by such as wait, each counted at the time that it was told.
 */
class ComesAndGoesTest {
    private static final int LIMIT = 7;
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    @Test
    void neverLetsMoreThanTheLimitPassThroughThisServer() {
        Seeds.forEach(30, random -> new Run(random, 2).play(2000));
    }

    @Test
    void neverLetsMoreThanTheLimitPassThroughThisServerWhenSomeWait() {
        Seeds.forEach(60, random -> new Run(random, 5).play(1000));
    }

    /** One timeline. One thread uses it. */
    private static final class Run {
        private final Random random;
        private final int kinds;
        private final Distance distance;
        private final RateLimiter limiter;
        private final List<Passage> key = new ArrayList<>();
        private final List<Passage> other = new ArrayList<>();
        private long now;

        /** Permits that pass at a time, and what gives them back. */
        private record Passage(long nanos, int permits, Decision.Allowed allowed) {}

        Run(Random random, int kinds) {
            this.random = random;
            this.kinds = kinds;
            this.distance = new Distance(new ManualTicker(random.nextLong()));
            this.limiter = Distance.limiter(
                    distance.server().servers(1 + random.nextInt(3)).build(), LIMIT + "/10 second");
        }

        void play(int requests) {
            for (int request = 0; request < requests; request++) {
                moveOn();
                switch (random.nextInt(kinds)) {
                    case 0 -> pass(limiter.tryAcquire("key"), 1, key);
                    case 1 -> passTogether(1 + random.nextInt(2), 1);
                    case 2 -> giveBack();
                    default -> reserve(1 + random.nextInt(2));
                }
                assertKept("request " + request, key);
                assertKept("request " + request + ", the other key", other);
            }
        }

        private void moveOn() {
            long step = random.nextInt(3) == 0 ? 0 : random.nextLong(1_500_000_000L);
            now += step;
            distance.ticker().advance(Duration.ofNanos(step));
            boolean isAway = distance.store().isAway();
            distance.store().setAway(random.nextInt(40) == 0 ? random.nextBoolean() : isAway);
        }

        private void reserve(int permits) {
            Duration patience = Duration.ofNanos(random.nextLong(2 * WINDOW_NANOS));
            pass(limiter.reserve("key", permits, patience), permits, key);
        }

        private void passTogether(int permits, int ofOther) {
            JointDecision decision =
                    RateLimiter.tryAcquireAll(List.of(limiter.claim("key", permits), limiter.claim("other", ofOther)));
            if (decision.allowed()) {
                pass(decision.decisions().get(0), permits, key);
                pass(decision.decisions().get(1), ofOther, other);
            }
        }

        private void pass(Decision decision, int permits, List<Passage> passages) {
            if (decision instanceof Decision.Allowed allowed) {
                passages.add(new Passage(now + allowed.waitNanos(), permits, allowed));
            }
        }

        private void giveBack() {
            if (!key.isEmpty()) {
                Passage last = key.get(key.size() - 1);
                if (last.allowed().refund()) {
                    key.remove(last);
                }
            }
        }

        private void assertKept(String where, List<Passage> passages) {
            passages.removeIf(passage -> now - passage.nanos() > 2 * WINDOW_NANOS);
            for (Passage end : passages) {
                int within = passages.stream()
                        .filter(passage ->
                                passage.nanos() <= end.nanos() && end.nanos() - passage.nanos() < WINDOW_NANOS)
                        .mapToInt(Passage::permits)
                        .sum();
                assertThat(within).as(where).isLessThanOrEqualTo(LIMIT);
            }
        }
    }
}
