package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Claim;
import dev.headway.limiter.Decision;
import dev.headway.limiter.JointDecision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Claims about requests that take permits of several shared keys, all or none. */
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
    void takesFromEveryKeyWhenAllHaveRoomByWhateverAlgorithms() {
        JointDecision decision = RateLimiter.tryAcquireAll(
                List.of(user.claim("alice", 1), tenant.claim("acme", 1), kilobytes.claim("acme", 400)));

        assertThat(decision.allowed()).isTrue();
        assertThat(decision.retryAfterNanos()).isZero();
        assertThat(remaining(user, "alice")).isEqualTo(1);
        assertThat(remaining(tenant, "acme")).isEqualTo(2);
        assertThat(remaining(kilobytes, "acme")).isEqualTo(600);
    }

    @Test
    void takesFromNoneWhenOneHasNoRoomAndNamesAllThatRefused() {
        kilobytes.tryAcquire("acme", 700);
        user.tryAcquire("alice", 2);
        long changes = redis.changes();

        JointDecision decision = RateLimiter.tryAcquireAll(
                List.of(user.claim("alice", 1), tenant.claim("acme", 1), kilobytes.claim("acme", 400)));

        assertThat(decision.allowed()).isFalse();
        assertThat(((Decision.Refused) decision.decisions().get(0)).refusedBy()).isEqualTo(Limit.parseAll("2/minute"));
        assertThat(decision.decisions().get(1).allowed()).isTrue();
        assertThat(((Decision.Refused) decision.decisions().get(2)).refusedBy()).isEqualTo(Limit.parseAll("1000/hour"));
        assertThat(Duration.ofNanos(decision.retryAfterNanos())).isEqualTo(Duration.ofMinutes(6));
        assertThat(decision.refund()).isFalse();
        assertThat(redis.changes()).isEqualTo(changes);
    }

    @Test
    void saysWhenAClaimIsNeverPossible() {
        JointDecision decision = RateLimiter.tryAcquireAll(List.of(user.claim("alice", 3), tenant.claim("acme", 1)));

        assertThat(decision.decisions().get(0)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(decision.retryAfterNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(redis.commands().keys("*")).isEmpty();
    }

    @Test
    void givesAllBackOnce() {
        JointDecision decision = RateLimiter.tryAcquireAll(
                List.of(user.claim("alice", 2), tenant.claim("acme", 3), kilobytes.claim("acme", 9)));

        assertThat(decision.refund()).isTrue();
        assertThat(decision.refund()).isFalse();
        assertThat(remaining(user, "alice")).isEqualTo(2);
        assertThat(remaining(tenant, "acme")).isEqualTo(3);
        assertThat(remaining(kilobytes, "acme")).isEqualTo(1000);
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
    void goesOnWithoutALimiterInShadowModeThatHasNoRoom() {
        RateLimiter shadow = RateLimiter.builder()
                .name("shadow")
                .limits(Limit.parseAll("1/minute"))
                .store(store)
                .shadow()
                .build();
        List<Claim> claims = List.of(user.claim("alice", 1), shadow.claim("alice", 1));
        assertThat(RateLimiter.tryAcquireAll(claims).allowed()).isTrue();

        JointDecision second = RateLimiter.tryAcquireAll(claims);

        assertThat(second.allowed()).isTrue();
        assertThat(second.decisions().get(1)).isInstanceOf(Decision.Shadowed.class);
        assertThat(RateLimiter.tryAcquireAll(claims).allowed()).isFalse();
    }

    @Test
    void saysWhatCannotBeJoined() {
        store = redis.store(ticker);
        RateLimiter elsewhere = limiter("user", "2/minute", Algorithm.SLIDING_WINDOW);

        assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of(user.claim("a", 1), elsewhere.claim("b", 1))))
                .hasMessage("key \"b\" is claimed in another store; joint requests are accepted within one");
        assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of(user.claim("a", 1), user.claim("a", 2))))
                .hasMessage("a key is claimed twice of one limiter; one claim for the sum is accepted");
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

    /** A joint request is allowed just if each of its claims would be, and then takes exactly what each would. */
    @Test
    void decidesAsTheClaimsWouldOneByOne() {
        Seeds.forEach(10, random -> {
            redis.commands().flushall();
            List<RateLimiter> limiters = new ArrayList<>();
            for (Algorithm algorithm : Algorithm.values()) {
                limiters.add(limiter("joint-" + algorithm, "4/minute; 9/10 minute", algorithm));
            }
            for (int i = 0; i < 40; i++) {
                ticker.advance(Duration.ofMillis(random.nextInt(20_000)));
                List<Claim> claims = claims(random, limiters);
                boolean expected = claims.stream().allMatch(JointTest::fits);
                List<Long> before = claims.stream().map(JointTest::remaining).toList();

                JointDecision decision = RateLimiter.tryAcquireAll(claims);

                assertThat(decision.allowed()).isEqualTo(expected);
                for (int j = 0; j < claims.size(); j++) {
                    Decision one = decision.decisions().get(j);
                    assertThat(one.usages().get(0).remaining()).isEqualTo(remaining(claims.get(j)));
                    assertThat(remaining(claims.get(j)) < before.get(j)).isEqualTo(expected);
                }
            }
        });
    }

    private static boolean fits(Claim claim) {
        return claim.limiter().peek(claim.key(), claim.permits()).allowed();
    }

    private static List<Claim> claims(Random random, List<RateLimiter> limiters) {
        List<Claim> claims = new ArrayList<>();
        for (RateLimiter limiter : limiters) {
            if (random.nextInt(4) > 0) {
                claims.add(limiter.claim(Key.of(random.nextInt(3), 0), 1 + random.nextInt(2)));
            }
        }
        return claims.isEmpty() ? List.of(limiters.get(0).claim("x", 1)) : claims;
    }

    private static long remaining(Claim claim) {
        return claim.limiter().peek(claim.key(), 1).usages().get(0).remaining();
    }

    private static long remaining(RateLimiter limiter, String key) {
        return remaining(limiter.claim(key, 1));
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
