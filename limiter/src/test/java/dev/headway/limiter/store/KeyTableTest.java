package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import dev.headway.limiter.testing.Seeds;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Claims about the way from a hash to its segment while segments split and change their layout. Threads do not share it. */
class KeyTableTest {
    private static final List<Limit> LIMITS = Limit.parseAll("10/minute");

    private final Population population = new Population(1000, 1_000_000);
    private final KeyTable table = table(Algorithm.SLIDING_WINDOW, new TableShape(1, 4));

    @Test
    void findsEveryKeyAfterAnySplits() {
        Seeds.forEach(50, random -> {
            KeyTable splitting = table(Algorithm.SLIDING_WINDOW, new TableShape(1 + random.nextInt(3), 4));
            int[] places = random.ints(200).distinct().toArray();
            for (int i = 0; i < places.length; i++) {
                insert(splitting, places[i]);
                for (int j = 0; j <= i; j += 7) {
                    assertHolds(splitting, places[j]);
                }
            }
            assertThat(segments(splitting)).allMatch(segment -> segment.used() <= 4);
            assertThat(segments(splitting).stream().mapToInt(Segment::used).sum())
                    .isEqualTo(places.length);
        });
    }

    /** A round of the reclaimer sees every segment just once, whatever share of the hashes each has. */
    @Test
    void leadsRoundAllSegmentsOnce() {
        Seeds.forEach(20, random -> {
            KeyTable uneven = table(Algorithm.SLIDING_WINDOW, new TableShape(2, 4));
            random.ints(100)
                    .map(place -> place >> random.nextInt(8))
                    .distinct()
                    .forEach(place -> insert(uneven, place));
            Set<Segment> met = Collections.newSetFromMap(new IdentityHashMap<>());
            long covered = 0;
            int hash = 0;
            do {
                Segment segment = uneven.segment(hash);
                assertThat(met.add(segment)).isTrue();
                covered += 1L << (Integer.SIZE - segment.sharedBits());
                hash = KeyTable.hashAfter(segment, hash);
            } while (hash != 0);

            assertThat(covered).isEqualTo(1L << Integer.SIZE);
        });
    }

    /** Keys that an attacker has made to collide fill one segment beyond its measure; the others stay as they are. */
    @Test
    void holdsAnyNumberOfKeysOfOnePlace() {
        for (int key = 0; key < 50; key++) {
            table.lockWithRoom(key, 5).unlock();
            Segment segment = table.lock(5);
            segment.insert(key, 5, 16, 0);
            segment.unlock();
        }

        Segment crowded = table.segment(5);
        assertThat(crowded.used()).isEqualTo(50);
        assertThat(crowded.sharedBits()).isEqualTo(20);
        for (int key = 0; key < 50; key++) {
            assertThat(crowded.find(key, 5)).isNotEqualTo(Segment.ABSENT);
        }
        assertThat(table.segment(-1).sharedBits()).isEqualTo(1);
    }

    @Test
    void splitsNoFullSegmentForAKeyThatIsInIt() {
        for (int place = 1; place <= 4; place++) {
            insert(table, place);
        }
        Segment full = table.segment(1);

        Segment again = table.lockWithRoom(1, 1);
        again.unlock();

        assertThat(again).isSameAs(full);
        assertThat(again.isRetired()).isFalse();
    }

    @Test
    void countsTheBytesOfEachSegmentOnce() {
        for (int place = 1; place <= 30; place++) {
            insert(table, place << 22);
        }

        long ofSegments = segments(table).stream().mapToLong(Segment::bytes).sum();
        int directory = 1
                << segments(table).stream().mapToInt(Segment::sharedBits).max().orElseThrow();
        assertThat(table.bytes()).isEqualTo(16 + 4L * directory + ofSegments);
    }

    @Test
    void convertsASegmentWhenItIsLockedNext() {
        insert(table, 1);
        insert(table, -1);
        Layout before = table.layout();

        table.layOutFor(Limit.parseAll("500/day"), true);

        assertThat(table.layout()).isNotSameAs(before);
        assertThat(table.segment(1).layout()).isSameAs(before);
        assertHolds(table, 1);
        assertThat(table.segment(1).layout()).isSameAs(table.layout());
        assertThat(table.segment(-1).layout()).isSameAs(before);
        assertHolds(table, -1);
    }

    /** Two segments, one of which has split: to convert it leaves its neighbours to their own time. */
    @Test
    void convertsOnlyTheSegmentThatIsLocked() {
        for (int place = 0; place < 40; place++) {
            insert(table, place << 26);
        }
        table.layOutFor(Limit.parseAll("500/day"), true);
        Set<Segment> before = segments(table);

        table.lock(7 << 26).unlock();

        Set<Segment> after = segments(table);
        assertThat(after).hasSameSizeAs(before);
        after.removeAll(before);
        assertThat(after).containsExactly(table.segment(7 << 26));
        for (int place = 0; place < 40; place++) {
            assertHolds(table, place << 26);
        }
    }

    @Test
    void reservesWhatKeysOfTheLaterLayoutMayTake() {
        Population narrow = new Population(10, 10_000);
        KeyTable full = new KeyTable(new TableShape(1, 4), layout(Algorithm.SLIDING_WINDOW), narrow);
        long before = full.layout().mostBytesPerKey();
        assertThat(narrow.tryTakePlace(before)).isTrue();
        insert(full, 1);

        full.layOutFor(Limit.parseAll("500/day"), true);
        full.lock(1).unlock();

        long after = full.layout().mostBytesPerKey();
        assertThat(narrow.tryTakePlace(10_000 - after + 1)).isFalse();
        assertThat(narrow.tryTakePlace(10_000 - after)).isTrue();
    }

    @Test
    void keepsToWindowsOfTheSameLengthsUnlessTheOthersAreGivenUp() {
        KeyTable counting = table(Algorithm.FIXED_WINDOW, new TableShape(1, 4));
        Layout minutes = counting.layout();

        assertThatThrownBy(() -> counting.layOutFor(Limit.parseAll("10/hour"), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(counting.layout()).isSameAs(minutes);

        counting.layOutFor(Limit.parseAll("10/hour"), true);
        assertThat(counting.layout()).isNotSameAs(minutes);
    }

    @Test
    void letsOtherThreadsChangeTheLayoutAfterwards() throws Exception {
        table.layOutFor(Limit.parseAll("20/minute"), true);

        CompletableFuture<Void> other =
                CompletableFuture.runAsync(() -> table.layOutFor(Limit.parseAll("90/minute"), true));

        assertThat(other.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(((LogLayout) table.layout()).mostPermits()).isEqualTo(90);
    }

    private static void insert(KeyTable into, int place) {
        Segment segment = into.lockWithRoom(place, Integer.toUnsignedLong(place));
        int reference = segment.insert(place, Integer.toUnsignedLong(place), 16, 0);
        if (segment.layout() instanceof LogLayout) {
            PackedLog.start(segment.page(reference), Segment.offset(reference), 0, 1);
        }
        segment.unlock();
    }

    private static void assertHolds(KeyTable in, int place) {
        Segment segment = in.lock(place);
        assertThat(segment.find(place, Integer.toUnsignedLong(place))).isNotEqualTo(Segment.ABSENT);
        segment.unlock();
        assertThat(in.segment(place)).isSameAs(segment);
    }

    /** Returns the segments of all hashes. */
    private static Set<Segment> segments(KeyTable of) {
        Set<Segment> segments = Collections.newSetFromMap(new IdentityHashMap<>());
        int hash = 0;
        do {
            segments.add(of.segment(hash));
            hash = KeyTable.hashAfter(of.segment(hash), hash);
        } while (hash != 0);
        return segments;
    }

    private KeyTable table(Algorithm algorithm, TableShape shape) {
        return new KeyTable(shape, layout(algorithm), population);
    }

    private static Layout layout(Algorithm algorithm) {
        return LimitRules.layout(new Terms("table", algorithm, LIMITS));
    }
}
