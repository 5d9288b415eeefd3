package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about the same keys under other limits: by view, by key, and from now on. Threads do not share it. */
class OtherLimitsTest {
    private static final List<Limit> FREE = Limit.parseAll("2/minute");
    private static final List<Limit> PAYING = Limit.parseAll("5/minute");

    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();

    @Test
    void countsWhatAnyViewGivesForAll() {
        RateLimiter free = builder().build();
        RateLimiter paying = free.withLimits(PAYING);
        take(free, "alice", 2);

        assertThat(free.tryAcquire("alice").allowed()).isFalse();
        take(paying, "alice", 3);
        assertThat(paying.tryAcquire("alice").allowed()).isFalse();
        assertThat(paying.limits()).isEqualTo(PAYING);
        assertThat(free.limits()).isEqualTo(FREE);
        assertThat(paying.name()).isEqualTo("tiers");
    }

    @Test
    void keepsWhatGoesOnAroundTheDecisionsInAView() {
        List<Decision> heard = new ArrayList<>();
        RateLimiter free = builder()
                .listener((name, key, permits, decision) -> heard.add(decision))
                .shadow()
                .build();

        free.withLimits(PAYING).tryAcquire("alice", 6);

        assertThat(heard).hasSize(1).allSatisfy(decision -> assertThat(decision).isInstanceOf(Decision.Shadowed.class));
    }

    @Test
    void lowersWithoutForgettingAndRaisesAtOnce() {
        RateLimiter limiter = builder().limits(PAYING).build();
        take(limiter, "alice", 4);

        limiter.changeLimits(FREE);
        assertThat(limiter.limits()).isEqualTo(FREE);
        assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
        limiter.changeLimits(PAYING);
        take(limiter, "alice", 1);
        assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
    }

    @Test
    void changesTheLimitsThroughWhateverGoesOnAround() {
        RateLimiter limiter =
                builder().listener((name, key, permits, decision) -> {}).build();
        take(limiter, "alice", 2);

        limiter.changeLimits(PAYING);

        take(limiter, "alice", 3);
    }

    @Test
    void leavesViewsTheirLimitsWhenThoseOfTheLimiterChange() {
        RateLimiter limiter = builder().build();
        RateLimiter paying = limiter.withLimits(PAYING);

        limiter.changeLimits(Limit.parseAll("1/minute"));

        take(paying, "alice", 5);
    }

    @Test
    void takesNoLimitsForNoAnswer() {
        RateLimiter limiter = builder().build();

        assertThatThrownBy(() -> limiter.changeLimits(List.of()))
                .hasMessage("limiter \"tiers\" has no limits; at least one is needed");
        assertThatThrownBy(() -> limiter.withLimits(List.of()))
                .hasMessage("limiter \"tiers\" has no limits; at least one is needed");
    }

    @Test
    void asksEveryKeyByItsOwnLimits() {
        RateLimiter limiter = byKey().build();

        take(limiter, "free-alice", 2);
        assertThat(limiter.tryAcquire("free-alice").allowed()).isFalse();
        take(limiter, "bob", 5);
        assertThat(limiter.tryAcquireNanos("bob")).isPositive();
        assertThat(limiter.peek("bob", 1).usages()).extracting(Usage::limit).isEqualTo(PAYING);
        assertThat(limiter.tryAcquire(1, 2, 5).allowed()).isTrue();
        assertThat(limiter.tryAcquireNanos(1, 2, 1)).isPositive();
    }

    @Test
    void heedsAnotherTierOfAKeyAtOnceAndKeepsWhatIsUsed() {
        List<Key> promoted = new ArrayList<>();
        RateLimiter limiter = builder()
                .limitsFor(key -> promoted.contains(key) ? PAYING : FREE)
                .build();
        take(limiter, "alice", 2);
        assertThat(limiter.tryAcquire("alice").allowed()).isFalse();

        promoted.add(Key.of("alice"));

        take(limiter, "alice", 3);
        assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
    }

    @Test
    void forgetsAKeyWhateverItsLimits() {
        RateLimiter limiter = byKey().build();
        take(limiter, "bob", 5);

        limiter.reset("bob");

        take(limiter, "bob", 5);
    }

    @Test
    void shutsOutByTheLimitsOfTheKey() {
        RateLimiter limiter = byKey().penalty(new Penalty(Limit.parse("1/minute"), Duration.ofMinutes(5)))
                .build();
        take(limiter, "bob", 5);

        assertThat(limiter.tryAcquire("bob")).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.cause()).isEqualTo(Decision.Cause.PENALTY);
            assertThat(refused.refusedBy()).isEqualTo(PAYING);
        });
    }

    @Test
    void viewsOfALimiterByKeyHaveTheirOwnLimitsForAllKeys() {
        RateLimiter limiter = byKey().build();

        RateLimiter strict = limiter.withLimits(Limit.parseAll("1/minute"));

        take(strict, "bob", 1);
        assertThat(strict.tryAcquire("bob").allowed()).isFalse();
        take(limiter, "bob", 4);
        assertThat(limiter.limits()).isEqualTo(FREE);
    }

    @Test
    void refusesAKeyWithoutLimits() {
        RateLimiter limiter = builder().limitsFor(key -> List.of()).build();

        assertThatThrownBy(() -> limiter.tryAcquire("alice"))
                .hasMessage("limiter \"tiers\" has no limits; at least one is needed");
    }

    private RateLimiter.Builder byKey() {
        return builder().limitsFor(key -> key.toString().startsWith("free-") ? FREE : PAYING);
    }

    private RateLimiter.Builder builder() {
        return RateLimiter.builder().name("tiers").limits(FREE).store(store);
    }

    private static void take(RateLimiter limiter, String key, int times) {
        for (int i = 1; i <= times; i++) {
            assertThat(limiter.tryAcquire(key).allowed())
                    .as("request %d of %d", i, times)
                    .isTrue();
        }
    }
}
