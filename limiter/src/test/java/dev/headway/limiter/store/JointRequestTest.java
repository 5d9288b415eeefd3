package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Claims about requests that take permits of several keys in memory, besides those of all stores. Threads do not share it. */
class JointRequestTest {
    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();
    private final RateLimiter user = limiter("user", "2/minute");
    private final RateLimiter tenant = limiter("tenant", "3/minute; 100/hour");

    @Test
    void takesNoPlaceForANewKeyWhenAnotherFindsNone() {
        MemoryStore small = MemoryStore.builder().ticker(ticker).maxKeys(2).build();
        RateLimiter limiter = limiter(small, "one", "1/minute");
        limiter.tryAcquire("held");

        JointDecision decision = RateLimiter.tryAcquireAll(List.of(limiter.claim("new", 1), limiter.claim("newer", 1)));

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.decisions().get(1))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Decision.Cause.STORE_FULL));
        assertThat(small.statistics().keys()).isEqualTo(1);
        assertThat(small.statistics().overflows()).isEqualTo(1);
        ticker.advance(Duration.ofMinutes(1).plusNanos(64));
        assertThat(RateLimiter.tryAcquireAll(List.of(limiter.claim("new", 1), limiter.claim("newer", 1)))
                        .allowed())
                .as("when dead keys make room")
                .isTrue();
    }

    @Test
    void tellsListenersOfEachClaim() {
        List<String> heard = new ArrayList<>();
        RateLimiter listened = RateLimiter.builder()
                .name("listened")
                .limits(Limit.parseAll("1/minute"))
                .store(store)
                .listener(
                        (limiter, key, permits, decision) -> heard.add(limiter + " " + key + " " + decision.allowed()))
                .build();

        RateLimiter.tryAcquireAll(List.of(listened.claim("a", 1), listened.claim("b", 1)));

        assertThat(heard).containsExactly("listened a true", "listened b true");
    }

    @Test
    void joinsKeysWhoseLimitsHaveChangedTheirLayout() {
        user.tryAcquire("alice");
        user.changeLimits(Limit.parseAll("500/day"));

        assertThat(RateLimiter.tryAcquireAll(List.of(user.claim("alice", 499), tenant.claim("acme", 1)))
                        .allowed())
                .isTrue();
        assertThat(remaining(user, "alice")).isZero();
    }

    /** A joint request is allowed just if each of its claims would be, and then takes exactly what each would. */
    @Test
    void decidesAsTheClaimsWouldOneByOne() {
        Seeds.forEach(50, random -> {
            ManualTicker clock = new ManualTicker();
            MemoryStore memory = MemoryStore.builder()
                    .ticker(clock)
                    .table(Places.FIXED, new TableShape(1, 2))
                    .build();
            List<RateLimiter> limiters = List.of(
                    limiter(memory, "a", "3/minute"), limiter(memory, "b", "5/hour"), limiter(memory, "c", "2/second"));
            for (int i = 0; i < 300; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(20_000)));
                List<Claim> claims = claims(random, limiters);
                boolean expected = claims.stream()
                        .allMatch(claim -> claim.limiter()
                                .peek(claim.key(), claim.permits())
                                .allowed());
                List<Long> before =
                        claims.stream().map(JointRequestTest::remaining).toList();

                JointDecision decision = RateLimiter.tryAcquireAll(claims);

                assertThat(decision.allowed()).isEqualTo(expected);
                for (int j = 0; j < claims.size(); j++) {
                    long taken = expected ? claims.get(j).permits() : 0;
                    assertThat(remaining(claims.get(j))).isEqualTo(before.get(j) - taken);
                }
            }
        });
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

    /**
     * Many threads take from pairs of keys, in both orders, while segments of two records split all the time. Forbidden: two threads that
     * wait for each other; a key that is charged although the request was refused; more permits than the limit.
     */
    @Test
    void neverChargesAPartHoweverManyThreadsTake() throws Exception {
        int keys = 200;
        int limit = 5;
        MemoryStore memory = MemoryStore.builder()
                .ticker(ticker)
                .table(KeyHash.random(), new TableShape(1, 2))
                .build();
        RateLimiter limiter = limiter(memory, "pairs", limit + "/hour");
        AtomicIntegerArray taken = new AtomicIntegerArray(keys);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            running.add(threads.submit(() -> takePairs(limiter, random, taken)));
        }
        for (Future<?> thread : running) {
            thread.get();
        }
        threads.shutdown();

        int[] charged = new int[keys];
        int[] counted = new int[keys];
        for (int key = 0; key < keys; key++) {
            charged[key] = limit - (int) remaining(limiter.claim(Key.of(key, 0), 1));
            counted[key] = taken.get(key);
        }
        assertThat(charged).isEqualTo(counted);
        assertThat(Arrays.stream(charged).max()).hasValue(limit);
    }

    private static void takePairs(RateLimiter limiter, Random random, AtomicIntegerArray taken) {
        for (int i = 0; i < 5000; i++) {
            int one = random.nextInt(taken.length());
            int other = (one + 1 + random.nextInt(taken.length() - 1)) % taken.length();
            List<Claim> claims = List.of(limiter.claim(Key.of(one, 0), 1), limiter.claim(Key.of(other, 0), 1));
            if (RateLimiter.tryAcquireAll(claims).allowed()) {
                taken.incrementAndGet(one);
                taken.incrementAndGet(other);
            }
        }
    }

    private static long remaining(Claim claim) {
        return claim.limiter().peek(claim.key(), 1).usages().get(0).remaining();
    }

    private static long remaining(RateLimiter limiter, String key) {
        return remaining(limiter.claim(key, 1));
    }

    private RateLimiter limiter(String name, String limits) {
        return limiter(store, name, limits);
    }

    private static RateLimiter limiter(MemoryStore memory, String name, String limits) {
        return RateLimiter.builder()
                .name(name)
                .limits(Limit.parseAll(limits))
                .store(memory)
                .build();
    }
}
