package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Claim;
import dev.headway.limiter.JointDecision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Claims about requests that take permits of several keys in Redis, all or none, besides those of all stores. */
final class JointTest {
    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();
    private RedisStore store;
    private RateLimiter user;
    private RateLimiter tenant;
    private RateLimiter kilobytes;

    @BeforeEach
    void openLimiters() {
        store = redis.store(ticker);
        user = limiter("user", "2/minute", Algorithm.SLIDING_WINDOW);
        tenant = limiter("tenant", "3/minute; 100/hour", Algorithm.SLIDING_WINDOW);
        kilobytes = limiter("kilobytes", "1000/hour", Algorithm.TOKEN_BUCKET);
    }

    @Test
    void takesOneRoundTripHoweverManyKeysThereAre() {
        List<Claim> claims = List.of(user.claim("alice", 1), tenant.claim("acme", 1), kilobytes.claim("acme", 4));
        RateLimiter.tryAcquireAll(claims);
        redis.commands().configResetstat();

        RateLimiter.tryAcquireAll(claims);

        assertThat(redis.commands().info("commandstats")).contains("cmdstat_evalsha:calls=1,");
    }

    @Test
    void givesAllBackInOneRoundTrip() {
        JointDecision decision = RateLimiter.tryAcquireAll(
                List.of(user.claim("alice", 1), tenant.claim("acme", 1), kilobytes.claim("acme", 4)));
        redis.commands().configResetstat();

        assertThat(decision.refund()).isTrue();

        assertThat(redis.commands().info("commandstats")).contains("cmdstat_evalsha:calls=1,");
        assertThat(redis.commands().keys("*")).containsExactly("hw1.2t{acme}kilobytes");
    }

    @Test
    void givesNothingBackWhenOneOfTheKeysHoldsSomethingElseAndCanTryAgain() {
        JointDecision decision = RateLimiter.tryAcquireAll(List.of(user.claim("alice", 1), tenant.claim("acme", 1)));
        redis.commands().append("hw1.2{acme}tenant", "?");
        assertThatThrownBy(decision::refund)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("NOTALOG");
        assertThat(redis.commands().exists("hw1.2{alice}user")).isEqualTo(1);
        redis.commands().del("hw1.2{acme}tenant");

        assertThat(decision.refund()).isTrue();

        assertThat(redis.commands().exists("hw1.2{alice}user")).isZero();
    }

    @Test
    void writesNothingWhenOneHasNoRoom() {
        user.tryAcquire("alice", 2);
        long changes = redis.changes();

        assertThat(RateLimiter.tryAcquireAll(List.of(tenant.claim("acme", 1), user.claim("alice", 1)))
                        .allowed())
                .isFalse();

        assertThat(redis.changes()).isEqualTo(changes);
    }

    @Test
    void refusesKeysOfDifferentSlotsOfAClusterBeforeItAsks() {
        store = redis.store(RedisStore.builder("redis-cluster://127.0.0.1:" + RealRedis.freePort()));
        RateLimiter one = limiter("one", "2/minute", Algorithm.SLIDING_WINDOW);
        RateLimiter other = limiter("other", "2/minute", Algorithm.FIXED_WINDOW);

        assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of(one.claim("alice", 1), other.claim("bob", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keys \"alice\" and \"bob\" are in different slots of the Redis Cluster; "
                        + "joint requests are accepted for one key of several limiters");
        assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of(one.claim("alice", 1), other.claim("alice", 1))))
                .isInstanceOf(StoreUnavailable.class);
    }

    private RateLimiter limiter(String name, String limits, Algorithm algorithm) {
        return RateLimiter.builder()
                .name(name)
                .limits(Limit.parseAll(limits))
                .algorithm(algorithm)
                .store(store)
                .build();
    }
}
