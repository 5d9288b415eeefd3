package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.KeyLimiter;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims about a key that is held: a refusal that is remembered is never told longer than it is true. Threads do not share it. */
class KnownKeyTest {
    private final ManualTicker ticker = new ManualTicker();
    private final RateLimiter limiter = RateLimiter.builder()
            .name("known")
            .limits(Limit.parse("2/minute"))
            .store(MemoryStore.builder().ticker(ticker).build())
            .build();
    private final KeyLimiter key = limiter.forKey(Key.of("key"));
    private Decision.Allowed taken;

    @BeforeEach
    void refuseUntilItIsRemembered() {
        taken = (Decision.Allowed) limiter.tryAcquire("key", 2);
        for (int i = 0; i < 3; i++) {
            assertThat(key.tryAcquireNanos(1)).isEqualTo(Duration.ofMinutes(1).toNanos());
        }
    }

    @Test
    void tellsWhatIsLeftOfTheWait() {
        ticker.advance(Duration.ofSeconds(59));

        assertThat(key.tryAcquireNanos(1)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void admitsWhenTheWaitIsOver() {
        ticker.advance(Duration.ofMinutes(1));

        assertThat(key.tryAcquireNanos(1)).isZero();
        assertThat(key.tryAcquireNanos(1)).isZero();
        assertThat(key.tryAcquireNanos(1)).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void answersOtherNumbersOfPermitsForThemselves() {
        assertThat(key.tryAcquireNanos(3)).isEqualTo(Long.MAX_VALUE);
        assertThat(key.tryAcquire(1).allowed()).isFalse();
    }

    @Test
    void admitsAfterARefund() {
        taken.refund();

        assertThat(key.tryAcquireNanos(1)).isZero();
    }

    @Test
    void admitsAfterAReset() {
        limiter.reset("key");

        assertThat(key.tryAcquireNanos(1)).isZero();
    }

    @Test
    void admitsWhenTheLimitIsRaised() {
        limiter.changeLimits(Limit.parseAll("3/minute"));

        assertThat(key.tryAcquireNanos(1)).isZero();
    }

    @Test
    void tellsTheLongerWaitWhenTheWindowBecomesLonger() {
        limiter.changeLimits(Limit.parseAll("2/hour"));

        assertThat(key.tryAcquireNanos(1)).isEqualTo(Duration.ofHours(1).toNanos());
    }

    /** The held key and one that is looked up, on the same requests at the same times. */
    @Test
    void answersAsAKeyThatIsLookedUp() {
        Seeds.forEach(50, random -> {
            ManualTicker clock = new ManualTicker();
            RateLimiter one = limiter(clock);
            RateLimiter other = limiter(clock);
            KeyLimiter held = one.forKey(Key.of(1, 2));
            for (int i = 0; i < 500; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(30_000) : 0));
                int permits = 1 + random.nextInt(2);
                if (random.nextInt(50) == 0) {
                    one.reset(Key.of(1, 2));
                    other.reset(Key.of(1, 2));
                }
                assertThat(held.tryAcquireNanos(permits)).isEqualTo(other.tryAcquireNanos(1, 2, permits));
            }
        });
    }

    private static RateLimiter limiter(ManualTicker clock) {
        return RateLimiter.builder()
                .name("known")
                .limits(Limit.parseAll("3/minute; 10/hour"))
                .store(MemoryStore.builder().ticker(clock).build())
                .build();
    }
}
