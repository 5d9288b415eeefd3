package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about the records of one page. Threads do not share it. */
class PageTest {
    private static final int WORDS = 9;
    private static final int RECORDS = 5;

    @Test
    void givesEachRecordOnceUntilItIsFreed() {
        Seeds.forEach(50, random -> {
            int[] page = Page.create(WORDS, RECORDS);
            List<Integer> inUse = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                assertThat(Page.hasRoomFor(page, WORDS)).isEqualTo(inUse.size() < RECORDS);
                assertThat(Page.isEmpty(page)).isEqualTo(inUse.isEmpty());
                if (inUse.size() < RECORDS && (inUse.isEmpty() || random.nextBoolean())) {
                    int at = Page.allocate(page);
                    assertThat(inUse).doesNotContain(at);
                    assertThat(Page.at(page, Page.index(page, at))).isEqualTo(at);
                    assertThat(Page.index(page, at)).isBetween(0, RECORDS - 1);
                    assertThat(at).isLessThanOrEqualTo(Page.end(page) - WORDS);
                    inUse.add(at);
                } else {
                    int at = inUse.get(random.nextInt(inUse.size()));
                    inUse.removeIf(other -> other == at);
                    Page.free(page, at);
                    assertThat(Page.last(page, at)).isEqualTo(Page.FREE);
                }
            }
        });
    }

    @Test
    void hasNoRoomForRecordsOfAnotherSize() {
        int[] page = Page.create(WORDS, RECORDS);

        assertThat(Page.hasRoomFor(page, WORDS - 1)).isFalse();
        assertThat(Page.hasRoomFor(page, WORDS + 1)).isFalse();
        assertThat(Page.hasRoomFor(Page.NONE, WORDS)).isFalse();
    }

    @Test
    void holdsTheKeyThatWasPutInAndNoOther() {
        int[] page = Page.create(WORDS, RECORDS);
        Page.allocate(page);
        int at = Page.allocate(page);
        Page.putKey(page, at, -3, 1L << 40);

        assertThat(Page.holds(page, at, -3, 1L << 40)).isTrue();
        assertThat(Page.holds(page, at, -4, 1L << 40)).isFalse();
        assertThat(Page.holds(page, at, -3, 1L << 41)).isFalse();
        assertThat(Page.keyHigh(page, at)).isEqualTo(-3);
        assertThat(Page.keyLow(page, at)).isEqualTo(1L << 40);
    }

    /** Who reads without the lock may come with the place of a record in another page, or in one that is gone. */
    @Test
    void holdsNoKeyWhereNoRecordCanBe() {
        int[] page = Page.create(Page.STATE, 1);
        int at = Page.allocate(page);

        assertThat(Page.holds(page, at, 0, 0)).isTrue();
        assertThat(Page.holds(page, at + 1, 0, 0)).isFalse();
        assertThat(Page.holds(Page.NONE, Page.at(Page.NONE, 3), 0, 0)).isFalse();
    }

    @Test
    void hasNoEarliestTouchUntilOneIsSet() {
        int[] page = Page.create(WORDS, RECORDS);
        assertThat(Page.earliest(page)).isEqualTo(Long.MAX_VALUE);

        Page.setEarliest(page, -7);

        assertThat(Page.earliest(page)).isEqualTo(-7);
        assertThat(Page.recordWords(page)).isEqualTo(WORDS);
        assertThat(Page.firstRecord()).isEqualTo(Page.at(page, 0));
    }
}
