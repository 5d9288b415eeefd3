package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Unit;
import dev.headway.limiter.algorithm.SlidingWindow;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Claims about permits that are reserved for later, in the packed store. Threads do not share it. */
class ReservationTest {
    private static final Key KEY = Key.of("key");
    private static final long LONG = Duration.ofDays(1).toNanos();

    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();

    @Test
    void answersAsThePureLineDoesUnderTheExactWindow() {
        Seeds.forEach(60, random -> {
            List<Limit> limits = limits(random);
            TickScale scale = TickScale.forWindow(Windows.longest(limits));
            SlidingWindow counting = new SlidingWindow(new Windows(limits, scale).map(window -> window));
            new Replay<>(random, new Terms("replay", Algorithm.SLIDING_WINDOW, limits), counting).runWithLines(300);
        });
    }

    private static List<Limit> limits(Random random) {
        List<Limit> limits = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            limits.add(new Limit(1 + random.nextInt(20), 1 + random.nextInt(300), Unit.SECOND));
        }
        return limits;
    }

    /** The line outlives the record: by its second minute nothing of the key's past matters any more. */
    @Test
    void remembersThoseWhoWaitWhenTheStoreForgetsTheKey() {
        MemoryStore small = MemoryStore.builder().ticker(ticker).maxKeys(1).build();
        LimitSpace space = small.open(new Terms("one", Algorithm.SLIDING_WINDOW, Limit.parseAll("1/minute")));
        space.tryAcquire("key", 1);
        for (int i = 1; i <= 3; i++) {
            space.reserve(KEY, 1, LONG);
        }
        ticker.advance(Duration.ofSeconds(150));

        assertThat(space.tryAcquire("new", 1).allowed()).isTrue();
        assertThat(small.statistics().keys()).isEqualTo(1);

        assertThat(((Decision.Refused) space.tryAcquire("key", 1)).retryAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(small.statistics().keys()).as("one too many").isEqualTo(2);
    }

    @Test
    void countsAKeyOnceHoweverOftenPermitsComeDueForIt() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        for (int i = 1; i <= 3; i++) {
            space.reserve(KEY, 1, LONG);
            ticker.advance(Duration.ofMinutes(1));
            assertThat(space.tryAcquire("key", 1).allowed()).isFalse();
        }

        assertThat(store.statistics().keys()).isEqualTo(1);
    }

    /** Newcomers to a full store share the permits of one key, and so its line. */
    @Test
    void letsNewcomersToAFullStoreWaitInOneLine() {
        LimitSpace space = MemoryStore.builder()
                .ticker(ticker)
                .maxKeys(1)
                .overflow(Overflow.SHARED_KEY)
                .build()
                .open(new Terms("one", Algorithm.SLIDING_WINDOW, Limit.parseAll("1/minute")));
        space.tryAcquire("held", 1);

        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isZero();
        assertThat(waitSeconds(space.reserve(Key.of("b"), 1, LONG))).isEqualTo(60);
        assertThat(waitSeconds(space.reserve(Key.of("c"), 1, LONG))).isEqualTo(120);
        assertThat(space.tryAcquire("d", 1).allowed()).isFalse();
        assertThat(space.tryAcquire("e", 2)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(waitSeconds(space.reserve(Key.of("held"), 1, LONG))).isEqualTo(60);
    }

    @Test
    void letsNoMoreThanABoundedNumberWait() {
        LimitSpace space = open(Algorithm.PACING, "1000/second");
        for (int i = 0; i <= 65_535; i++) {
            assertThat(space.reserve(KEY, 1, LONG)).isInstanceOf(Decision.Allowed.class);
        }

        assertThat(space.reserve(KEY, 1, LONG))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(65_536)));
    }

    /** Nobody comes back for these keys; the rounds of others' requests find them. */
    @Test
    void letsGoOfLinesForWhichNobodyAsksAnyMore() {
        LimitSpace space = open(Algorithm.PACING, "10/minute");
        for (int key = 0; key < 100; key++) {
            space.tryAcquire(key, key, 1);
            space.reserve(new Key.Bits(key, key), 1, LONG);
        }
        Lines lines = ((MemorySpace) space).keys().lines();
        ticker.advance(Duration.ofMinutes(1));

        for (int key = 1000; key < 1100; key++) {
            space.tryAcquireNanos(key, key, 1);
        }

        assertThat(lines.isEmpty()).isTrue();
    }

    /** The log's stamps are 32 bits; a reservation three windows ahead is told apart from one just now all the same. */
    @Test
    void looksFurtherAheadThanStampsOf32BitsCanTell() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute; 100/hour");
        for (int i = 0; i < 300; i++) {
            assertThat(waitSeconds(space.reserve(KEY, 1, Long.MAX_VALUE))).isEqualTo(60L * i);
        }
        ticker.advance(Duration.ofHours(4));
        assertThat(waitSeconds(space.reserve(KEY, 1, Long.MAX_VALUE))).isEqualTo(3600);
    }

    private LimitSpace open(Algorithm algorithm, String limits) {
        return store.open(new Terms("one", algorithm, Limit.parseAll(limits)));
    }

    private static long waitSeconds(Decision decision) {
        return ((Decision.Allowed) decision).waitTime().toSeconds();
    }
}
