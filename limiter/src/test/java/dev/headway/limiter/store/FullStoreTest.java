package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when as many keys are held as may be. Threads do not share it. */
class FullStoreTest {
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void neitherGrowsNorForgivesWhenAnAttackerComesWithAMillionKeys() {
        MemoryStore store = store(10_000, Overflow.REFUSE_NEW);
        RateLimiter limiter = limiter(store, "one", "2/minute");
        for (int honest = 0; honest < 1000; honest++) {
            assertThat(limiter.tryAcquire("honest " + honest, 2).allowed()).isTrue();
        }

        int admitted = 0;
        for (int key = 0; key < 1_000_000; key++) {
            admitted += limiter.tryAcquire(key, 7, 1).allowed() ? 1 : 0;
        }

        assertThat(admitted).isEqualTo(9000);
        assertThat(store.statistics().keys()).isEqualTo(10_000);
        assertThat(store.statistics().overflows()).isEqualTo(991_000);
        assertThat(store.statistics().bytes()).isLessThan(10_000 * 90);
        for (int honest = 0; honest < 1000; honest++) {
            assertThat(limiter.tryAcquire("honest " + honest).allowed()).isFalse();
        }
    }

    @Test
    void saysThatItIsFullAndWhenThatMayChange() {
        RateLimiter limiter = limiter(store(1, Overflow.REFUSE_NEW), "one", "2/minute");
        limiter.tryAcquire("held");
        ticker.advance(Duration.ofSeconds(20));

        assertThat(limiter.tryAcquire("new")).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.cause()).isEqualTo(Decision.Cause.STORE_FULL);
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(40));
            assertThat(refused.refusedBy()).isEqualTo(limiter.limits());
            assertThat(refused.usages().get(0).remaining()).isEqualTo(2);
        });
        ticker.advance(Duration.ofSeconds(40));
        assertThat(limiter.tryAcquire("new").allowed()).isTrue();
    }

    @Test
    void makesRoomByForgettingAllKeysThatAreDeadBeforeRefusingOne() {
        MemoryStore store = store(5000, Overflow.REFUSE_NEW);
        RateLimiter limiter = limiter(store, "one", "2/minute");
        for (int key = 0; key < 5000; key++) {
            limiter.tryAcquire(key, 0, 1);
        }
        ticker.advance(Duration.ofSeconds(30));
        for (int key = 0; key < 2500; key++) {
            limiter.tryAcquire(key, 0, 1);
        }
        ticker.advance(Duration.ofSeconds(30));

        for (int key = 0; key < 2500; key++) {
            assertThat(limiter.tryAcquire(key, 1, 1).allowed())
                    .as("newcomer %d", key)
                    .isTrue();
        }

        assertThat(limiter.tryAcquire(2500, 1, 1).allowed()).isFalse();
        assertThat(store.statistics().keys()).isEqualTo(5000);
        for (int key = 0; key < 2500; key++) {
            assertThat(limiter.tryAcquire(key, 0, 2).allowed())
                    .as("still live: %d", key)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsAKeyAsLongAsItMattersUnderEveryAlgorithm(Algorithm algorithm) {
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parseAll("2/minute"))
                .algorithm(algorithm)
                .store(store(1, Overflow.REFUSE_NEW))
                .build();
        limiter.tryAcquire("held");

        ticker.advance(Duration.ofSeconds(29));
        assertThat(limiter.tryAcquire("new").allowed()).isFalse();
        ticker.advance(Duration.ofMinutes(2));
        assertThat(limiter.tryAcquire("new").allowed()).isTrue();
    }

    @Test
    void looksForDeadKeysAnewWhenALimitHasChanged() {
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parseAll("1/hour"))
                .algorithm(Algorithm.FIXED_WINDOW)
                .store(Places.oneKeyPerSegment(
                        MemoryStore.builder().ticker(ticker).maxKeys(1)))
                .build();
        limiter.tryAcquire("held");
        assertThat(limiter.tryAcquire("new").allowed()).isFalse();

        limiter.changeLimits(Limit.parseAll("1/minute"));
        assertThat(limiter.peek("held", 1).allowed()).isFalse();
        ticker.advance(Duration.ofMinutes(1));

        assertThat(limiter.tryAcquire("new").allowed()).isTrue();
    }

    @Test
    void makesRoomInOneLimiterForTheKeysOfAnother() {
        MemoryStore store = store(100, Overflow.REFUSE_NEW);
        RateLimiter brief = limiter(store, "brief", "1/second");
        RateLimiter lasting = limiter(store, "lasting", "1/hour");
        for (int key = 0; key < 100; key++) {
            brief.tryAcquire(key, 0, 1);
        }
        assertThat(lasting.tryAcquire("new").allowed()).isFalse();

        ticker.advance(Duration.ofSeconds(1));

        for (int key = 0; key < 100; key++) {
            assertThat(lasting.tryAcquire(key, 0, 1).allowed()).isTrue();
        }
        assertThat(brief.tryAcquire("new").allowed()).isFalse();
    }

    @Test
    void keepsHeldKeysGoingWhileNewOnesAreRefused() {
        RateLimiter limiter = limiter(store(1, Overflow.REFUSE_NEW), "one", "3/minute");

        assertThat(limiter.tryAcquire("held").allowed()).isTrue();
        assertThat(limiter.tryAcquire("new").allowed()).isFalse();
        assertThat(limiter.tryAcquire("held", 2).allowed()).isTrue();
        assertThat(limiter.tryAcquire("held").allowed()).isFalse();
    }

    @Test
    void letsNewKeysShareOneWindowIfTheOwnerWantsThat() {
        MemoryStore store = store(1, Overflow.SHARED_KEY);
        RateLimiter limiter = limiter(store, "one", "2/minute");
        limiter.tryAcquire("held");

        assertThat(limiter.tryAcquire("b").allowed()).isTrue();
        assertThat(limiter.tryAcquire("c").allowed()).isTrue();
        assertThat(limiter.tryAcquire("d"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Decision.Cause.LIMIT));
        assertThat(limiter.tryAcquire("held").allowed()).isTrue();
        assertThat(store.statistics().overflows()).isEqualTo(3);

        ticker.advance(Duration.ofSeconds(60));
        assertThat(limiter.tryAcquire("d", 2).allowed()).isTrue();
        assertThat(store.statistics().keys()).isEqualTo(1);
    }

    @Test
    void givesMemoryBackAsKeysDieAndOthersCome() {
        MemoryStore store = store(1_000_000, Overflow.REFUSE_NEW);
        RateLimiter limiter = limiter(store, "one", "1/second");
        for (int key = 0; key < 100_000; key++) {
            limiter.tryAcquire(key, 0, 1);
        }
        long crowded = store.statistics().bytes();

        for (int second = 1; second <= 10; second++) {
            ticker.advance(Duration.ofSeconds(1));
            for (int key = 0; key < 2000; key++) {
                limiter.tryAcquire(key, second, 1);
            }
        }

        assertThat(store.statistics().keys()).isLessThan(10_000);
        assertThat(store.statistics().bytes()).isLessThan(crowded / 4);
    }

    @Test
    void forgivesNothingThatItHasForgottenWhenTheClockRunsBack() {
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parse("1/minute"))
                .store(MemoryStore.builder()
                        .ticker(ticker)
                        .table(Places.FIXED, new TableShape(1, 2048))
                        .build())
                .build();
        limiter.tryAcquire("key");
        ticker.advance(Duration.ofSeconds(60));
        for (int other = 0; other < 100; other++) {
            limiter.tryAcquire(other, 0, 1);
        }

        ticker.advance(Duration.ofSeconds(-30));

        assertThat(limiter.tryAcquire("key").usages().get(0).resetAfter()).isEqualTo(Duration.ofSeconds(90));
        ticker.advance(Duration.ofSeconds(89));
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();
    }

    @Test
    void takesNoMoreBytesThanItMayHoweverManyPermitsItsKeysTake() {
        MemoryStore store =
                MemoryStore.builder().maxBytes(1_000_000).ticker(ticker).build();
        RateLimiter limiter = limiter(store, "one", "200/minute");
        for (int round = 0; round < 200; round++) {
            for (int key = 0; key < 2000; key++) {
                limiter.tryAcquire(key, 0, 1);
            }
        }

        assertThat(limiter.tryAcquire("new"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Decision.Cause.STORE_FULL));
        assertThat(store.statistics().keys()).isGreaterThan(1000);
        assertThat(store.statistics().bytes()).isLessThanOrEqualTo(1_000_000 + 5000);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(limiter.tryAcquire("new").allowed()).isTrue();
    }

    @Test
    void cannotBeMadeForNoByte() {
        assertThatThrownBy(() -> MemoryStore.builder().maxBytes(0))
                .hasMessage("a store of 0 bytes; at least 1 is accepted");
        assertThat(limiter(MemoryStore.builder().maxBytes(1).build(), "one", "1/minute")
                        .tryAcquire("key")
                        .allowed())
                .as("a byte is too few for any key")
                .isFalse();
    }

    @Test
    void cannotBeMadeForNoKey() {
        assertThatThrownBy(() -> MemoryStore.builder().maxKeys(0))
                .hasMessage("a store of 0 keys; at least 1 is accepted");
    }

    @Test
    void refusesALimitThatIsTooLargeToBeRemembered() {
        assertThatThrownBy(() -> limiter(store(1, Overflow.REFUSE_NEW), "one", "70000/day"))
                .hasMessage("limit 70000/day: sliding-window remembers every permit, and 70000 are too many; "
                        + "at most 65535 are accepted, and sliding-window-counter keeps larger limits");
    }

    @Test
    void keepsTheLargestLimitThatItAccepts() {
        RateLimiter limiter = limiter(store(1, Overflow.REFUSE_NEW), "one", "65535/day");

        assertThat(limiter.tryAcquire("key", 5).allowed()).isTrue();
        assertThat(limiter.tryAcquire("key", 65_530).allowed()).isTrue();
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();
        ticker.advance(Duration.ofDays(1));
        assertThat(limiter.tryAcquire("key", 65_535).allowed()).isTrue();
    }

    private MemoryStore store(int maxKeys, Overflow overflow) {
        return MemoryStore.builder()
                .maxKeys(maxKeys)
                .ticker(ticker)
                .overflow(overflow)
                .build();
    }

    private static RateLimiter limiter(MemoryStore store, String name, String limits) {
        return RateLimiter.builder()
                .name(name)
                .limits(Limit.parseAll(limits))
                .store(store)
                .build();
    }
}
