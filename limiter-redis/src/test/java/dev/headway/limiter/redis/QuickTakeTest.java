package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The script for the most frequent question says and does what the scripts for all questions do. */
final class QuickTakeTest {

    private static final int REQUESTS = 1500;

    @RegisterExtension
    static final LiveRedis REDIS = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();
    private final RateLimiter limiter = RateLimiter.builder()
            .name("login")
            .limits(Limit.parse("5/second"))
            .store(REDIS.store(ticker))
            .build();

    @Test
    void decidesEveryRequestOfARandomTimelineAlike() {
        long seed = Seeds.first();
        Random random = new Random(seed);
        for (int number = 0; number < REQUESTS; number++) {
            // A clock that goes back by less than a window, as after a failover, now and then.
            ticker.advance(Duration.ofNanos((long) (random.nextGaussian() * 100_000_000) + 80_000_000));
            int permits = 1 + random.nextInt(3);

            Decision quick = limiter.tryAcquire("quick", permits);
            Decision thorough = RateLimiter.tryAcquireAll(List.of(limiter.claim("thorough", permits)))
                    .decisions()
                    .get(0);

            assertThat(told(quick)).as("request %d of seed %d", number, seed).isEqualTo(told(thorough));
            if (random.nextInt(4) == 0) {
                assertThat(refunded(quick)).isEqualTo(refunded(thorough));
            }
        }
        assertThat(REDIS.commands().get("hw1.2{quick}login"))
                .isEqualTo(REDIS.commands().get("hw1.2{thorough}login"));
    }

    private static String told(Decision decision) {
        return decision.allowed() + " " + decision.usages()
                + (decision instanceof Decision.Refused refused ? refused.retryAfterNanos() : "");
    }

    private static boolean refunded(Decision decision) {
        return decision instanceof Decision.Allowed allowed && allowed.refund();
    }

    @Test
    void leavesAKeyForWhichSomebodyWaitsToTheOthers() {
        limiter.tryAcquire("alice", 5);
        assertThat(limiter.reserve("alice", 1, Duration.ofSeconds(5)).allowed()).isTrue();

        Decision decision = limiter.tryAcquire("alice", 1);

        assertThat(told(decision))
                .isEqualTo(told(RateLimiter.tryAcquireAll(List.of(limiter.claim("alice", 1)))
                        .decisions()
                        .get(0)));
        assertThat(decision.allowed()).isFalse();
    }
}
