package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Unit;
import dev.headway.limiter.Usage;
import dev.headway.limiter.algorithm.SlidingWindow;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @Test
    void tellsEachItsTimeAndThoseBehindWhatIsLeft() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "2/minute");

        assertThat(waitSeconds(space.reserve(KEY, 2, LONG))).isZero();
        ticker.advance(Duration.ofSeconds(10));
        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(50);
        Decision third = space.reserve(KEY, 1, LONG);
        assertThat(waitSeconds(third)).isEqualTo(50);
        assertThat(third.usages()).containsExactly(usage("2/minute", 0, 110, 110));
        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(110);
    }

    @Test
    void refusesTriesWhileOthersWaitAndTellsThemWhenTheirTurnIs() {
        LimitSpace space = open(Algorithm.TOKEN_BUCKET, "3/minute");
        space.tryAcquire("key", 3);
        space.reserve(KEY, 3, LONG);
        ticker.advance(Duration.ofSeconds(20));

        assertThat(space.tryAcquire("key", 1)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(60));
            assertThat(refused.refusedBy()).containsExactly(Limit.of(3, Unit.MINUTE));
            assertThat(refused.usages()).containsExactly(usage("3/minute", 0, 60, 100));
        });
        assertThat(space.peek(KEY, 1)).isEqualTo(space.tryAcquire("key", 1));
        assertThat(space.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofSeconds(60).toNanos());
        assertThat(space.tryAcquire("key", 4)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(space.tryAcquire("other", 3).allowed()).isTrue();
    }

    @Test
    void takesNoPlaceForWhoCannotMakeIt() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);

        Decision refused = space.reserve(KEY, 1, Duration.ofSeconds(59).toNanos());

        assertThat(((Decision.Refused) refused).retryAfter()).isEqualTo(Duration.ofMinutes(1));
        ticker.advance(Duration.ofMinutes(1));
        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"SLIDING_WINDOW", "TOKEN_BUCKET", "PACING"})
    void leavesNoDebtOfThoseWhoGaveUp(Algorithm algorithm) {
        LimitSpace space = open(algorithm, "2/minute; 30/hour");
        space.tryAcquire("key", 2);
        List<Usage> before = space.peek(KEY, 1).usages();
        List<Decision.Allowed> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add((Decision.Allowed) space.reserve(KEY, 1 + i % 2, LONG));
        }

        Collections.shuffle(waiting, new Random(1));
        assertThat(waiting).allMatch(Decision.Allowed::refund);

        assertThat(waiting).noneMatch(Decision.Allowed::refund);
        assertThat(space.peek(KEY, 1).usages()).isEqualTo(before);
    }

    @Test
    void givesAPermitBackAfterItsTimeHasComeAsAnyOther() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        Decision.Allowed reserved = (Decision.Allowed) space.reserve(KEY, 1, LONG);
        ticker.advance(Duration.ofSeconds(70));
        assertThat(((Decision.Refused) space.tryAcquire("key", 1)).retryAfter()).isEqualTo(Duration.ofSeconds(50));

        assertThat(reserved.refund()).isTrue();

        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
    }

    @Test
    void givesNothingBackLongAfter() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        Decision.Allowed reserved = (Decision.Allowed) space.reserve(KEY, 1, LONG);
        ticker.advance(Duration.ofMinutes(2));

        assertThat(reserved.refund()).isFalse();
    }

    @Test
    void forgetsThoseWhoWaitWhenTheKeyIsReset() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        Decision.Allowed reserved = (Decision.Allowed) space.reserve(KEY, 1, LONG);

        space.reset(KEY);

        assertThat(reserved.refund()).isFalse();
        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
    }

    @Test
    void showsThoseWhoWaitInTheSnapshot() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        ticker.advance(Duration.ofSeconds(10));
        space.reserve(KEY, 1, LONG);

        assertThat(space.snapshot(KEY).permitAges()).containsExactly(Duration.ofSeconds(-50), Duration.ofSeconds(10));
        assertThat(space.snapshot(KEY).usages()).containsExactly(usage("1/minute", 0, 110, 110));
        ticker.advance(Duration.ofSeconds(55));
        assertThat(space.snapshot(KEY).permitAges()).containsExactly(Duration.ofSeconds(5));
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

    @Test
    void keepsThePromisedTimesWhenTheLimitIsChanged() {
        LimitSpace space = open(Algorithm.SLIDING_WINDOW, "1/minute");
        space.tryAcquire("key", 1);
        space.reserve(KEY, 1, LONG);

        space.changeLimits(Limit.parseAll("1/hour"));

        assertThat(waitSeconds(space.reserve(KEY, 1, LONG))).isEqualTo(3660);
        ticker.advance(Duration.ofSeconds(60));
        assertThat(((Decision.Refused) space.tryAcquire("key", 1)).retryAfter()).isEqualTo(Duration.ofHours(2));
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

    @ParameterizedTest
    @EnumSource(names = {"FIXED_WINDOW", "SLIDING_WINDOW_COUNTER"})
    void saysWhichAlgorithmsKeepAPlaceInTheFuture(Algorithm algorithm) {
        assertThatThrownBy(() -> open(algorithm, "1/minute").reserve(KEY, 1, LONG))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("algorithm " + algorithm
                        + " keeps no place in the future; sliding-window, token-bucket and pacing do");
    }

    private LimitSpace open(Algorithm algorithm, String limits) {
        return store.open(new Terms("one", algorithm, Limit.parseAll(limits)));
    }

    private static long waitSeconds(Decision decision) {
        return ((Decision.Allowed) decision).waitTime().toSeconds();
    }

    private static Usage usage(String limit, int remaining, int next, int reset) {
        return new Usage(
                Limit.parse(limit),
                remaining,
                Duration.ofSeconds(next).toNanos(),
                Duration.ofSeconds(reset).toNanos());
    }
}
