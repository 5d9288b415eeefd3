package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Claims about the keys of one segment, against a map that holds what was put in. Threads do not share it. */
class SegmentTest {
    private static final Layout LAYOUT = LogLayout.of(Limit.parseAll("40/minute"));
    private static final int RECORD_WORDS = 16;
    private static final long EMPTY_BYTES = 112 + (16 + 4 * 8) + (16 + 4);

    private final Segment segment = new Segment(LAYOUT, 0, 0);

    @Test
    void keepsWhatAMapKeeps() {
        Seeds.forEach(100, random -> {
            SegmentWitness witness = new SegmentWitness(random, LAYOUT);
            for (int i = 0; i < 150; i++) {
                witness.change();
                witness.assertKeepsTheSame();
            }
        });
    }

    @Test
    void movesEachKeyToTheHalfThatItsNextBitNames() {
        Seeds.forEach(20, random -> {
            SegmentWitness witness = new SegmentWitness(random, LAYOUT);
            for (int i = 0; i < 80; i++) {
                witness.change();
            }
            Segment zero = new Segment(LAYOUT, 1, 0);
            Segment one = new Segment(LAYOUT, 1, 0);

            witness.segment().splitInto(zero, one);

            witness.assertIsIn(key -> key.place() < 0 ? one : zero);
            assertThat(zero.used() + one.used()).isEqualTo(witness.size());
            assertIsRetired(witness.segment());
        });
    }

    @Test
    void copiesEachKeyIntoALaterLayout() {
        Layout later = LAYOUT.with(Limit.parseAll("90/hour"));
        Segment into = new Segment(later, 0, 0);
        for (int key = 1; key <= 20; key++) {
            int reference = insert(key, 50L * key);
            PackedLog.start(segment.page(reference), Segment.offset(reference), 50L * key, 3);
        }
        segment.remove(segment.find(1, 1));

        segment.convertInto(into);

        assertThat(into.used()).isEqualTo(19);
        for (int key = 2; key <= 20; key++) {
            int reference = into.find(key, key);
            int[] page = into.page(reference);
            assertThat(PackedLog.size(page, Segment.offset(reference))).isEqualTo(3);
            assertThat(Page.last(page, Segment.offset(reference)))
                    .isEqualTo(later.scale().tick(50L * key, LAYOUT.scale()));
        }
        assertIsRetired(segment);
    }

    private static void assertIsRetired(Segment retired) {
        assertThat(retired.isRetired()).isTrue();
        assertThat(retired.used()).isZero();
        assertThat(retired.nextDeathNanos()).isEqualTo(Long.MIN_VALUE);
        assertThat(retired.bytes()).isEqualTo(EMPTY_BYTES);
        assertThat(retired.sawNoChange(retired.beginReading())).isFalse();
    }

    @Test
    void tellsWhenItsFirstKeyCeasesToMatter() {
        assertThat(segment.nextDeathNanos()).isEqualTo(Long.MAX_VALUE);

        insert(1, 90);
        insert(2, 70);
        insert(3, 80);

        assertThat(segment.nextDeathNanos()).isEqualTo(deathOf(70));
        assertThat(segment.reclaim(deathOf(70) - 1)).isZero();
        assertThat(segment.reclaim(deathOf(70))).isEqualTo(1);
        assertThat(segment.nextDeathNanos()).isEqualTo(deathOf(80));
        assertThat(segment.reclaim(deathOf(90))).isEqualTo(2);
        assertThat(segment.nextDeathNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesNoteThatAKeyCeasesToMatterEarlier() {
        insert(1, 90);
        int reference = insert(2, 95);
        segment.reclaim(0);

        Words.putLong(segment.page(reference), Segment.offset(reference) + Page.LAST, 60);
        segment.touchedEarlier(reference);

        assertThat(segment.nextDeathNanos()).isEqualTo(deathOf(60));
        assertThat(segment.reclaim(deathOf(60))).isEqualTo(1);
        assertThat(segment.find(2, 2)).isEqualTo(Segment.ABSENT);
    }

    @Test
    void givesItsMemoryBackWhenItsKeysHaveDied() {
        for (int key = 0; key < 2000; key++) {
            insert(key, key);
        }

        int freed = 0;
        for (int sweep = 0; freed < 2000; sweep++) {
            int now = segment.reclaim(deathOf(2000));
            assertThat(now).as("freed by sweep %d", sweep).isPositive();
            freed += now;
        }

        assertThat(segment.used()).isZero();
        assertThat(segment.bytes()).isLessThan(EMPTY_BYTES + 4 * 128);
    }

    /** A sweep stops at the first page that had something to give: who waits for a place waits for no more. */
    @Test
    void sweepsNoMoreThanOnePageThatGivesSomething() {
        for (int key = 0; key < 2048; key++) {
            insert(key, key);
        }

        assertThat(segment.reclaim(deathOf(2048))).isBetween(1, 128);
    }

    @Test
    void countsItsBytesAsItsObjectsAreLaidOut() {
        assertThat(segment.bytes()).isEqualTo(EMPTY_BYTES);

        insert(1, 1);

        assertThat(segment.bytes()).isEqualTo(EMPTY_BYTES + 4 + pageBytes(4, RECORD_WORDS));
        insert(2, 2, 32);
        assertThat(segment.bytes()).isEqualTo(EMPTY_BYTES + 8 + pageBytes(4, RECORD_WORDS) + pageBytes(4, 32));
    }

    @Test
    void wastesLittleAtAnySize() {
        for (int keys = 1; keys <= 2048; keys++) {
            insert(keys, keys);

            assertThat(segment.bytes() - keys * 4L * RECORD_WORDS)
                    .as("bytes besides %d records", keys)
                    .isBetween(keys * 5L, keys * 14L + 1000);
        }
    }

    @Test
    void makesLargerPagesWhereManyRecordsAreExpected() {
        Segment large = new Segment(LAYOUT, 1, 1024);
        large.insert(1, 1, RECORD_WORDS, 1);
        assertThat(large.bytes()).isEqualTo(EMPTY_BYTES + 4 + pageBytes(64, RECORD_WORDS));

        Segment huge = new Segment(LAYOUT, 1, 1 << 20);
        huge.insert(1, 1, RECORD_WORDS, 1);
        assertThat(huge.bytes()).isEqualTo(EMPTY_BYTES + 4 + pageBytes(128, RECORD_WORDS));
    }

    @Test
    void makesPagesOfFewRecordsWhereRecordsAreLarge() {
        insert(1, 1, 3000);
        assertThat(segment.bytes()).isEqualTo(EMPTY_BYTES + 4 + pageBytes(2, 3000));

        insert(2, 2, 9000);
        assertThat(segment.bytes()).isEqualTo(EMPTY_BYTES + 8 + pageBytes(2, 3000) + pageBytes(1, 9000));
    }

    private static long pageBytes(int records, int recordWords) {
        return 16 + 4 * (6 + (long) records * recordWords);
    }

    @Test
    void putsRecordsWhereOthersWereFreed() {
        for (int key = 1; key <= 100; key++) {
            insert(key, key);
        }
        long bytes = segment.bytes();

        for (int key = 101; key <= 1000; key++) {
            segment.remove(segment.find(key - 100, key - 100));
            insert(key, key);
        }

        assertThat(segment.bytes()).isEqualTo(bytes);
    }

    @Test
    void tellsTheWaitOfAKeyThatIsThere() {
        LimitRules rules =
                new LimitRules(new Terms("segment", Algorithm.SLIDING_WINDOW, Limit.parseAll("2/minute")), LAYOUT);
        int reference = insert(7, 100);
        PackedLog.start(segment.page(reference), Segment.offset(reference), 100, 2);
        long now = LAYOUT.scale().nanosAt(100);

        assertThat(segment.waitNanos(rules, 7, 7, now, 1))
                .isEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(segment.waitNanos(rules, 7, 7, now + 32, 1))
                .isEqualTo(Duration.ofMinutes(1).toNanos() - 32);
        assertThat(segment.waitNanos(rules, 7, 7, deathOf(100), 2)).isZero();
        assertThat(segment.waitNanos(rules, 7, 8, now, 1)).as("a stranger").isZero();
        assertThat(segment.waitNanos(rules, 8, 7, now, 1)).as("another one").isZero();
        assertThat(segment.waitNanos(rules, 7, 7, now - 32, 1))
                .as("what is dated later than now cannot be told without the lock")
                .isZero();
    }

    @Test
    void showsWhoReadsWithoutTheLockThatSomethingWasWritten() {
        long reading = segment.beginReading();
        assertThat(segment.sawNoChange(reading)).isTrue();

        segment.lock();
        assertThat(segment.sawNoChange(reading)).isFalse();
        assertThat(segment.sawNoChange(segment.beginReading()))
                .as("while it is locked")
                .isFalse();
        segment.unlock();

        assertThat(segment.sawNoChange(reading)).isFalse();
        assertThat(segment.sawNoChange(segment.beginReading())).isTrue();
    }

    @Test
    void hasANumberThatNoOtherHas() {
        assertThat(LongStream.generate(() -> new Segment(LAYOUT, 0, 0).number()).limit(100))
                .doesNotHaveDuplicates()
                .doesNotContain(segment.number());
    }

    @Test
    void knowsALayoutAndWhatItsKeysShare() {
        Segment other = new Segment(LAYOUT, 5, 0);

        assertThat(other.layout()).isSameAs(LAYOUT);
        assertThat(other.sharedBits()).isEqualTo(5);
    }

    /** Returns when a key ceases to matter that was touched last at a tick. */
    private static long deathOf(long tick) {
        return LAYOUT.scale().nanosAt(tick + LAYOUT.lifetimeTicks());
    }

    private int insert(long key, long last) {
        return insert(key, last, RECORD_WORDS);
    }

    private int insert(long key, long last, int words) {
        return segment.insert(key, key, words, last);
    }
}
