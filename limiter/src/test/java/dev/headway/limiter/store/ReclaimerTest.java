package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Limit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Claims about the search for keys that do not matter any more. Threads do not share it. */
class ReclaimerTest {
    private static final Layout LAYOUT = LogLayout.of(Limit.parseAll("10/second"));
    private static final int SEGMENTS = 4;

    private final Population population = new Population(1000, Long.MAX_VALUE);
    private final KeyTable table = new KeyTable(new TableShape(2, 2048), LAYOUT, population);
    private final Reclaimer reclaimer = new Reclaimer(table, population);

    @Test
    void freesTheDeadOfAllSegmentsOneAfterTheOther() {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            insert(segment, 1, 10);
            insert(segment, 2, 11);
        }

        for (int segment = 0; segment < SEGMENTS; segment++) {
            assertThat(reclaimer.reclaim(deathOf(10))).isTrue();
        }

        assertThat(reclaimer.reclaim(deathOf(10))).isFalse();
        assertThat(population.held()).isEqualTo(SEGMENTS);
        assertThat(usedBySegments()).isEqualTo(SEGMENTS);
    }

    @Test
    void tellsWhenTheFirstKeyCanDieAfterARoundForNothing() {
        insert(0, 1, 30);
        insert(1, 2, 20);
        insert(3, 3, 40);
        long now = deathOf(20) - 7;

        assertThat(reclaimer.nanosUntilNextDeath(now))
                .as("before it has looked")
                .isEqualTo(1);
        assertThat(reclaimer.reclaim(now)).isFalse();

        assertThat(reclaimer.nanosUntilNextDeath(now)).isEqualTo(7);
        assertThat(reclaimer.nanosUntilNextDeath(deathOf(20))).isEqualTo(1);
        assertThat(reclaimer.reclaim(deathOf(20) - 1)).isFalse();
        assertThat(reclaimer.reclaim(deathOf(20))).isTrue();
    }

    /** A key that comes now lives for the whole window, so nothing can die before that. */
    @Test
    void looksIntoAnEmptyTableOncePerWindow() {
        long now = 5L << LAYOUT.scale().shift();

        assertThat(reclaimer.reclaim(now)).isFalse();

        assertThat(reclaimer.nanosUntilNextDeath(now)).isEqualTo(deathOf(0));
    }

    @Test
    void looksAgainWhenItIsToldThatAKeyMayDieEarlier() {
        assertThat(reclaimer.reclaim(0)).isFalse();
        insert(2, 1, -50);
        long death = deathOf(-50);
        assertThat(reclaimer.reclaim(death)).as("it has not been told").isFalse();

        reclaimer.mayDieAt(death);
        reclaimer.mayDieAt(death + 100);

        assertThat(reclaimer.nanosUntilNextDeath(death - 3)).isEqualTo(3);
        assertThat(reclaimer.reclaim(death)).isTrue();
        assertThat(population.held()).isZero();
    }

    @Test
    void freesTheDeadOfASegmentThatIsAskedFor() {
        insert(1, 1, 10);
        insert(2, 2, 10);
        Segment segment = table.lock(hash(1));

        reclaimer.reclaim(segment, deathOf(10) - 1);
        assertThat(segment.used()).isEqualTo(1);
        reclaimer.reclaim(segment, deathOf(10));
        segment.unlock();

        assertThat(segment.used()).isZero();
        assertThat(population.held()).isEqualTo(1);
    }

    @Test
    void givesBackTheBytesOfWhatItFrees() {
        long each = LAYOUT.mostBytesPerKey();
        Population narrow = new Population(10, 2 * each);
        KeyTable full = new KeyTable(new TableShape(2, 2048), LAYOUT, narrow);
        insert(full, narrow, 0, 1, 10);
        insert(full, narrow, 0, 2, 10);
        assertThat(narrow.tryTakePlace(1)).isFalse();

        assertThat(new Reclaimer(full, narrow).reclaim(deathOf(10))).isTrue();

        assertThat(narrow.tryTakePlace(2 * each)).isTrue();
    }

    /** What a segment knows of its first death is a lower bound: the key may have been touched since. */
    @Test
    void freesNothingAndForgetsNothingWhereAKeyWasTouchedSince() {
        insert(1, 1, 10);
        Segment segment = table.segment(hash(1));
        int reference = segment.find(1, Integer.toUnsignedLong(hash(1) + 1));
        Words.putLong(segment.page(reference), Segment.offset(reference) + Page.LAST, 50);

        assertThat(reclaimer.reclaim(deathOf(10))).isFalse();

        assertThat(segment.used()).isEqualTo(1);
        assertThat(reclaimer.notBeforeForgetting(-5)).isEqualTo(-5);
        assertThat(reclaimer.reclaim(deathOf(50))).isTrue();
    }

    @Test
    void letsOtherThreadsLookAfterwards() throws Exception {
        reclaimer.reclaim(0);
        reclaimer.mayDieAt(5);

        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> reclaimer.reclaim(5));

        assertThat(other.get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void datesNobodyBeforeTheLastForgetting() {
        insert(0, 1, 10);
        assertThat(reclaimer.notBeforeForgetting(-5)).isEqualTo(-5);

        reclaimer.reclaim(deathOf(10));
        insert(0, 2, -1000);
        Segment segment = table.lock(0);
        reclaimer.reclaim(segment, deathOf(-1000));
        segment.unlock();

        assertThat(reclaimer.notBeforeForgetting(-5)).isEqualTo(deathOf(10));
        assertThat(reclaimer.notBeforeForgetting(deathOf(10) + 1)).isEqualTo(deathOf(10) + 1);
    }

    /** Returns when a key ceases to matter that was touched last at a tick. */
    private static long deathOf(long tick) {
        return LAYOUT.scale().nanosAt(tick + LAYOUT.lifetimeTicks());
    }

    private static int hash(int segment) {
        return segment << (Integer.SIZE - 2);
    }

    private void insert(int segment, int key, long last) {
        insert(table, population, segment, key, last);
    }

    private static void insert(KeyTable table, Population population, int segment, int key, long last) {
        assertThat(population.tryTakePlace(LAYOUT.mostBytesPerKey())).isTrue();
        Segment locked = table.lock(hash(segment));
        locked.insert(key, Integer.toUnsignedLong(hash(segment) + key), 16, last);
        locked.unlock();
    }

    private int usedBySegments() {
        int used = 0;
        for (int segment = 0; segment < SEGMENTS; segment++) {
            used += table.segment(hash(segment)).used();
        }
        return used;
    }
}
