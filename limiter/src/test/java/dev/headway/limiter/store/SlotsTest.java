package dev.headway.limiter.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Claims about the way from hashes to places, against a map that remembers what was put in. Threads do not share it. */
class SlotsTest {
    private static final int TAGS = 1 << 13;

    @Test
    void leadToThePlacesOfEachTagAndToNoOthers() {
        Seeds.forEach(100, random -> {
            Witness witness = new Witness(random);
            for (int i = 0; i < 200; i++) {
                witness.change();
                witness.assertLeadsToAll();
            }
        });
    }

    /** All keys of a full table may have one tag, or those of the last slots and the first. */
    @Test
    void closeTheGapsThatRemovingLeavesInAFullTable() {
        Seeds.forEach(100, random -> {
            int[] slots = new int[10];
            List<Entry> in = new ArrayList<>();
            for (int place = 1; place <= 9; place++) {
                int tag = (TAGS - 1000 + random.nextInt(2000)) % TAGS;
                Slots.insert(slots, tag, place);
                in.add(new Entry(tag, place));
            }
            while (!in.isEmpty()) {
                Entry out = in.remove(random.nextInt(in.size()));
                Slots.remove(slots, out.tag(), out.place());
                in.forEach(one -> assertThat(placesOf(slots, one.tag())).contains(one.place()));
                assertThat(placesOf(slots, out.tag())).doesNotContain(out.place());
            }
            assertThat(slots).containsOnly(0);
        });
    }

    @Test
    void areFourFifthsFullAtMost() {
        int[] ten = new int[10];

        assertThat(Slots.withRoom(ten, 7)).isSameAs(ten);
        assertThat(Slots.withRoom(ten, 8)).hasSize(12);
        assertThat(Slots.withRoom(new int[100], 80)).hasSize(125);
    }

    @Test
    void shrinkWhenTheyAreThriceAsLargeAsWhatTheyHold() {
        int[] almost = new int[299];

        assertThat(Slots.withoutSlack(almost, 100)).isSameAs(almost);
        assertThat(Slots.withoutSlack(new int[300], 100)).hasSize(150);
        assertThat(Slots.withoutSlack(new int[300], 0)).hasSize(Slots.create().length);
    }

    @Test
    void keepWhatTheyHoldWhenTheyGrowAndShrink() {
        int[] slots = new int[400];
        for (int place = 1; place <= 100; place++) {
            Slots.insert(slots, place * 80, place);
        }

        int[] grown = Slots.withRoom(Slots.withoutSlack(slots, 100), 149);

        assertThat(grown).hasSize(187);
        for (int place = 1; place <= 100; place++) {
            assertThat(placesOf(grown, place * 80)).containsExactly(place);
        }
    }

    /** The home of a key is its tag's share of the table, so that a table grows without a look at the keys. */
    @Test
    void spreadTagsOverTheWholeTableWhateverItsSize() {
        for (int capacity : new int[] {8, 10, 12, 2560}) {
            assertThat(Slots.home(0, capacity)).isZero();
            assertThat(Slots.home(TAGS / 2, capacity)).isEqualTo(capacity / 2);
            assertThat(Slots.home(TAGS - 1, capacity)).isEqualTo(capacity - 1);
        }
    }

    @Test
    void tagAHashByTheBitsBehindTheSharedOnes() {
        assertThat(Slots.tagOf(0b101_1100000000001_1111111111111111, 3)).isEqualTo(0b1100000000001);
        assertThat(Slots.tagOf(-1, 0)).isEqualTo(TAGS - 1);
    }

    /** Returns the places to which a look for a tag leads: all of that tag up to the first empty slot. */
    private static Set<Integer> placesOf(int[] slots, int tag) {
        Set<Integer> places = new TreeSet<>();
        int position = Slots.home(tag, slots.length);
        for (int probes = 0; probes < slots.length && slots[position] != 0; probes++) {
            if (Slots.tag(slots[position]) == tag) {
                places.add(Slots.place(slots[position]));
            }
            position = Slots.next(position, slots.length);
        }
        return places;
    }

    /** A place under its tag. */
    private record Entry(int tag, int place) {}

    /** Slots that change at random, and what must be in them. For one thread. */
    private static final class Witness {
        private final Random random;
        private final int differentTags;
        private final List<Entry> entries = new ArrayList<>();
        private int[] slots = Slots.create();
        private int lastPlace;

        Witness(Random random) {
            this.random = random;
            this.differentTags = random.nextBoolean() ? 5 : TAGS;
        }

        void change() {
            switch (entries.isEmpty() ? 0 : random.nextInt(5)) {
                case 0, 1 -> insert(new Entry((TAGS - 1 + random.nextInt(differentTags)) % TAGS, ++lastPlace));
                case 2 -> replace(any());
                case 3 -> remove(any());
                default -> slots = Slots.withoutSlack(slots, entries.size());
            }
        }

        /** Returns one of the entries, which it forgets. */
        private Entry any() {
            return entries.remove(random.nextInt(entries.size()));
        }

        private void insert(Entry entry) {
            slots = Slots.withRoom(slots, entries.size());
            Slots.insert(slots, entry.tag(), entry.place());
            entries.add(entry);
        }

        private void replace(Entry entry) {
            Slots.replace(slots, entry.tag(), entry.place(), ++lastPlace);
            entries.add(new Entry(entry.tag(), lastPlace));
        }

        private void remove(Entry entry) {
            Slots.remove(slots, entry.tag(), entry.place());
        }

        void assertLeadsToAll() {
            Map<Integer, Set<Integer>> byTag =
                    entries.stream().collect(groupingBy(Entry::tag, mapping(Entry::place, toSet())));
            byTag.forEach((tag, places) -> assertThat(placesOf(slots, tag)).isEqualTo(places));
            assertThat(Arrays.stream(slots).filter(slot -> slot != 0).count()).isEqualTo(entries.size());
        }
    }
}
