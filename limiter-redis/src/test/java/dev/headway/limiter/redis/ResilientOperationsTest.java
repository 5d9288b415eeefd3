package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.JointDecision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.resilience.ResilientStore;
import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualScheduler;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Claims about joint requests and waiting on Redis, asked for through a store that can do without it. */
final class ResilientOperationsTest {
    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void takesPermitsOfSeveralKeysTogether() {
        RateLimiter limiter = limiter(resilient(redis.store(ticker)));

        JointDecision first = RateLimiter.tryAcquireAll(List.of(limiter.claim("alice", 2), limiter.claim("bob", 1)));
        JointDecision second = RateLimiter.tryAcquireAll(List.of(limiter.claim("alice", 1), limiter.claim("bob", 1)));

        assertThat(first.allowed()).isTrue();
        assertThat(second.allowed()).isFalse();
        assertThat(limiter.peek("bob", 1).allowed()).isTrue();
    }

    @Test
    void takesThemTogetherWhenPermitsAreTakenAheadToo() {
        RedisStore ahead = redis.store(
                redis.server().patientStore().ticker(ticker).lease(8, 2).leaseScheduler(new ManualScheduler(ticker)));
        RateLimiter limiter = limiter(resilient(ahead));

        assertThat(RateLimiter.tryAcquireAll(List.of(limiter.claim("alice", 2), limiter.claim("bob", 1)))
                        .allowed())
                .isTrue();
        assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
    }

    @Test
    void waitsInTheLineThatAllServersShare() {
        RateLimiter here = limiter(resilient(redis.store(ticker)));
        RateLimiter there = limiter(resilient(redis.store(ticker)));
        here.tryAcquire("alice", 2);
        there.reserve("alice", 2, Duration.ofMinutes(5));

        Decision decision = here.reserve("alice", 1, Duration.ofMinutes(5));

        assertThat(((Decision.Allowed) decision).waitTime()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void givesSeveralKeysBackInOneRoundTripAndKeepsNoneOfThemInItsOwnCount() {
        ResilientStore store = resilient(redis.store(ticker));
        RateLimiter limiter = limiter(store);
        JointDecision decision = RateLimiter.tryAcquireAll(List.of(limiter.claim("alice", 2), limiter.claim("bob", 1)));
        redis.commands().configResetstat();

        assertThat(decision.refund()).isTrue();

        assertThat(redis.commands().info("commandstats")).contains("cmdstat_evalsha:calls=1,");
        assertThat(redis.commands().keys("*")).isEmpty();
    }

    @Test
    void goesOnAloneWhileRedisIsAwayAndCountsThatAsAFailure() {
        ResilientStore store = resilient(redis.store(RedisStore.builder(RealRedis.uri(RealRedis.freePort()))));
        RateLimiter limiter = limiter(store);

        assertThat(RateLimiter.tryAcquireAll(List.of(limiter.claim("alice", 1), limiter.claim("bob", 2)))
                        .allowed())
                .isTrue();
        assertThat(limiter.reserve("alice", 1, Duration.ofMinutes(5)).allowed()).isTrue();
        Decision waiting = limiter.reserve("alice", 1, Duration.ofMinutes(5));
        assertThat(((Decision.Allowed) waiting).waitTime()).isEqualTo(Duration.ofMinutes(1));

        assertThat(store.health().state()).isEqualTo(StoreHealth.State.AWAY);
        assertThat(store.health().failures()).isEqualTo(3);
        assertThat(store.health().decidedAlone()).isEqualTo(3);
        assertThat(limiter.tryAcquire("alice").allowed()).as("behind who waits").isFalse();
    }

    @Test
    void knowsWhenRedisGoesWhatItHadPromised() {
        RealRedis other = RealRedis.start();
        try (ResilientStore store =
                resilient(other.patientStore().ticker(ticker).build())) {
            RateLimiter limiter = limiter(store);
            limiter.tryAcquire("alice", 2);
            assertThat(limiter.reserve("alice", 2, Duration.ofMinutes(5)).allowed())
                    .isTrue();

            other.stop();

            ticker.advance(Duration.ofSeconds(90));
            assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
            ticker.advance(Duration.ofSeconds(30));
            assertThat(limiter.tryAcquire("alice", 2).allowed()).isTrue();
        } finally {
            other.close();
        }
    }

    private ResilientStore resilient(LimitStore distant) {
        return ResilientStore.around(distant)
                .standIn(MemoryStore.builder().ticker(ticker).build())
                .ticker(ticker)
                .build();
    }

    private static RateLimiter limiter(LimitStore store) {
        return RateLimiter.builder()
                .name("login")
                .limits(Limit.parse("2/minute"))
                .store(store)
                .build();
    }
}
