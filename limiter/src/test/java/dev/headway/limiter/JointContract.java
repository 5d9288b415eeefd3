package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does that takes permits of several keys, all or none; a store is tested by a subclass that makes one. Threads do not share it. */
public abstract class JointContract {
    private final ManualTicker ticker = new ManualTicker();
    private LimitStore store;
    private RateLimiter user;
    private RateLimiter tenant;
    private RateLimiter kilobytes;

    /** Makes an empty store that runs by the ticker. */
    protected abstract LimitStore store(ManualTicker ticker);

    /** Makes a store whose keys cannot be joined with those of the first one. */
    protected abstract LimitStore anotherStore(ManualTicker ticker);

    @BeforeEach
    void openLimiters() {
        store = store(ticker);
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

        JointDecision decision = RateLimiter.tryAcquireAll(
                List.of(user.claim("alice", 1), tenant.claim("acme", 1), kilobytes.claim("acme", 400)));

        assertThat(decision.allowed()).isFalse();
        assertThat(((Decision.Refused) decision.decisions().get(0)).refusedBy()).isEqualTo(Limit.parseAll("2/minute"));
        assertThat(decision.decisions().get(1).allowed()).isTrue();
        assertThat(((Decision.Refused) decision.decisions().get(2)).refusedBy()).isEqualTo(Limit.parseAll("1000/hour"));
        assertThat(Duration.ofNanos(decision.retryAfterNanos())).isEqualTo(Duration.ofMinutes(6));
        assertThat(decision.refund()).isFalse();
        assertThat(remaining(tenant, "acme")).isEqualTo(3);
        assertThat(remaining(kilobytes, "acme")).isEqualTo(300);
    }

    @Test
    void saysWhenAClaimIsNeverPossible() {
        JointDecision decision = RateLimiter.tryAcquireAll(List.of(user.claim("alice", 3), tenant.claim("acme", 1)));

        assertThat(decision.decisions().get(0)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(decision.retryAfterNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(remaining(tenant, "acme")).isEqualTo(3);
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
        store = anotherStore(ticker);
        RateLimiter elsewhere = limiter("user", "2/minute", Algorithm.SLIDING_WINDOW);

        assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of())).hasMessage("no claims; at least one is needed");
        assertThatThrownBy(() -> user.claim("a", 0)).hasMessage("0 permits claimed; at least 1 is accepted");
        assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of(user.claim("a", 1), elsewhere.claim("b", 1))))
                .hasMessage("key \"b\" is claimed in another store; joint requests are accepted within one");
        assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of(user.claim("a", 1), user.claim("a", 2))))
                .hasMessage("a key is claimed twice of one limiter; one claim for the sum is accepted");
    }

    /** A joint request is allowed just if each of its claims would be, and then takes exactly what each would. */
    @Test
    void decidesAsTheClaimsWouldOneByOne() {
        Seeds.forEach(10, random -> {
            store = store(ticker);
            List<RateLimiter> limiters = new ArrayList<>();
            for (Algorithm algorithm : Algorithm.values()) {
                limiters.add(limiter("joint-" + algorithm, "4/minute; 9/10 minute", algorithm));
            }
            for (int i = 0; i < 40; i++) {
                ticker.advance(Duration.ofMillis(random.nextInt(20_000)));
                List<Claim> claims = claims(random, limiters);
                boolean expected = claims.stream().allMatch(JointContract::fits);
                List<Long> before =
                        claims.stream().map(JointContract::remaining).toList();

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

    @Test
    void givesBackWhatIsLeftOfThoseOfWhichOneWasGivenBackBefore() {
        JointDecision decision = RateLimiter.tryAcquireAll(
                List.of(user.claim("alice", 2), tenant.claim("acme", 3), kilobytes.claim("acme", 9)));
        assertThat(((Decision.Allowed) decision.decisions().get(1)).refund()).isTrue();
        assertThat(tenant.tryAcquire("acme", 3).allowed()).isTrue();

        assertThat(decision.refund()).isTrue();

        assertThat(remaining(user, "alice")).isEqualTo(2);
        assertThat(remaining(tenant, "acme")).isZero();
        assertThat(remaining(kilobytes, "acme")).isEqualTo(1000);
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
