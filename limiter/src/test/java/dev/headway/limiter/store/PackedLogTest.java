package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Claims about the stamps in a record, against a list that holds all of them. Threads do not share it. */
class PackedLogTest {
    private static final int CAPACITY = 9;
    private static final int WINDOW = 100;

    @Test
    void tellsWhatAListOfTheStampsTells() {
        Seeds.forEach(300, random -> {
            Witness witness = new Witness(random);
            for (int i = 0; i < 60; i++) {
                witness.change();
                witness.assertTellsTheSame();
            }
        });
    }

    /** The low halves of two stamps wrap round between them, however far from zero they are. */
    @Test
    void tellsStampsApartUpTo32BitsAtAnyTime() {
        int[] words = Page.create(PackedLog.recordWords(3), 1);
        int at = Page.allocate(words);
        long far = 0xFFFF_FFFFL;
        for (long newest : new long[] {0, far, 1L << 40, -5, Long.MIN_VALUE + far + 2, Long.MAX_VALUE}) {
            PackedLog.rewrite(words, at, new long[] {newest - far, newest - 1, newest});

            assertThat(stamps(words, at)).containsExactly(newest - far, newest - 1, newest);
        }
    }

    @Test
    void waitsUntilThePermitInTheWayIsAsOldAsTheWindow() {
        int[] words = Page.create(PackedLog.recordWords(CAPACITY), 1);
        int at = Page.allocate(words);
        PackedLog.rewrite(words, at, new long[] {10, 20, 30});

        assertThat(PackedLog.waitTicks(words, at, 4, WINDOW, 50, 1)).isZero();
        assertThat(PackedLog.waitTicks(words, at, 4, WINDOW, 50, 2)).isEqualTo(60);
        assertThat(PackedLog.waitTicks(words, at, 4, WINDOW, 50, 3)).isEqualTo(70);
        assertThat(PackedLog.waitTicks(words, at, 4, WINDOW, 50, 4)).isEqualTo(80);
        assertThat(PackedLog.waitTicks(words, at, 3, WINDOW, 110, 1)).isZero();
        assertThat(PackedLog.waitTicks(words, at, 3, WINDOW, 500, 3)).isZero();
    }

    @Test
    void isBlankWhenNothingIsLeft() {
        int[] words = Page.create(PackedLog.recordWords(3), 1);
        int at = Page.allocate(words);
        PackedLog.start(words, at, 7, 3);

        assertThat(PackedLog.remove(words, at, 7, 4)).isFalse();
        assertThat(PackedLog.remove(words, at, 7, 3)).isTrue();

        assertThat(Page.last(words, at)).isEqualTo(PackedLog.BLANK);
    }

    /** Returns the stamps of a record, oldest first. */
    private static List<Long> stamps(int[] words, int at) {
        List<Long> stamps = new ArrayList<>();
        for (int distance = PackedLog.size(words, at) - 1; distance >= 0; distance--) {
            stamps.add(PackedLog.stamp(words, at, distance));
        }
        return stamps;
    }

    /** A record among others that changes at random, and the list of what must be in it, oldest first. For one thread. */
    private static final class Witness {
        private final Random random;
        private final int[] words = Page.create(PackedLog.recordWords(CAPACITY), 3);
        private final int before = Page.allocate(words);
        private final int at = Page.allocate(words);
        private final int after = Page.allocate(words);
        private List<Long> stamps = new ArrayList<>();

        Witness(Random random) {
            this.random = random;
            PackedLog.start(words, before, 1, CAPACITY);
            PackedLog.start(words, after, 2, CAPACITY);
            start(random.nextLong(-1000, 1000));
        }

        void change() {
            long now = newest() + random.nextInt(30);
            switch (random.nextInt(9)) {
                case 0 -> remove();
                case 1 -> purge(now, 1 + random.nextInt(CAPACITY));
                case 2 -> PackedLog.unroll(words, at);
                case 3 -> start(now);
                default -> add(now);
            }
        }

        private long newest() {
            return stamps.get(stamps.size() - 1);
        }

        private void start(long now) {
            int permits = 1 + random.nextInt(CAPACITY);
            PackedLog.start(words, at, now, permits);
            stamps = new ArrayList<>(Collections.nCopies(permits, now));
        }

        private void add(long now) {
            int permits = 1 + random.nextInt(3);
            if (stamps.size() + permits > CAPACITY) {
                purge(now, CAPACITY - permits);
            }
            PackedLog.add(words, at, now, permits);
            stamps.addAll(Collections.nCopies(permits, now));
        }

        private void purge(long now, int most) {
            int live = PackedLog.purge(words, at, WINDOW, now, most);

            List<Long> young =
                    stamps.stream().filter(stamp -> now - stamp < WINDOW).toList();
            assertThat(live).isEqualTo(Math.min(most, young.size()));
            List<Long> kept = young.isEmpty() ? stamps.subList(stamps.size() - 1, stamps.size()) : young;
            stamps = new ArrayList<>(kept.subList(Math.max(0, kept.size() - Math.max(1, live)), kept.size()));
        }

        private void remove() {
            long stamp = stamps.get(random.nextInt(stamps.size())) + (random.nextInt(5) == 0 ? 1 : 0);
            int permits = 1 + random.nextInt(3);
            boolean isThere = Collections.frequency(stamps, stamp) >= permits;

            assertThat(PackedLog.remove(words, at, stamp, permits)).isEqualTo(isThere);

            for (int i = 0; isThere && i < permits; i++) {
                stamps.remove(stamp);
            }
            if (stamps.isEmpty()) {
                start(random.nextLong(-1000, 1000));
            }
        }

        void assertTellsTheSame() {
            assertThat(stamps(words, at)).isEqualTo(stamps);
            for (long floor = newest() - 3; floor <= newest() + WINDOW + 1; floor += 13) {
                long now = floor;
                assertThat(PackedLog.countLive(words, at, WINDOW, now)).isEqualTo((int)
                        stamps.stream().filter(stamp -> now - stamp < WINDOW).count());
            }
            assertThat(stamps(words, before)).isEqualTo(Collections.nCopies(CAPACITY, 1L));
            assertThat(stamps(words, after)).isEqualTo(Collections.nCopies(CAPACITY, 2L));
        }
    }
}
