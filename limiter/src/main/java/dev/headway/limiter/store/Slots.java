package dev.headway.limiter.store;

/**
 * An open-addressing table from the hashes of one segment to places of records, four bytes each. Stateless functions; who calls them
 * holds the lock of the segment, or reads and validates afterwards.
 *
 * <p>A slot is a tag of 13 bits and the number of a place, and 0 is an empty slot, for no place is number 0. The tag is those bits of a
 * hash that come after the ones that all keys of the segment have in common. It says two things: a look-up touches a record only when
 * the tags agree, which in a full segment happens for one stranger in eleven look-ups; and the home of a key is its tag's share of the
 * array, {@code tag · capacity / 2¹³}, so that growing touches no record, and a capacity need not be a power of two and can grow in small
 * steps. Collisions go to the next slot; removing closes the gap, so there are no tombstones.
 */
final class Slots {
    /** How many bits the number of a place may have. */
    static final int PLACE_BITS = 19;

    private static final int TAG_BITS = Integer.SIZE - PLACE_BITS;
    private static final int PLACE = (1 << PLACE_BITS) - 1;
    private static final int SMALLEST = 8;

    private Slots() {}

    static int[] create() {
        return new int[SMALLEST];
    }

    /** Returns the tag of a hash whose first bits all keys share. */
    static int tagOf(int hash, int sharedBits) {
        return (hash << sharedBits) >>> PLACE_BITS;
    }

    static int home(int tag, int capacity) {
        return (tag * capacity) >>> TAG_BITS;
    }

    static int next(int position, int capacity) {
        return position + 1 == capacity ? 0 : position + 1;
    }

    static int tag(int slot) {
        return slot >>> PLACE_BITS;
    }

    static int place(int slot) {
        return slot & PLACE;
    }

    /** Puts a place in; there must be an empty slot. */
    static void insert(int[] slots, int tag, int place) {
        int position = home(tag, slots.length);
        while (slots[position] != 0) {
            position = next(position, slots.length);
        }
        slots[position] = slot(tag, place);
    }

    /** Puts another place in the place of one that is there. */
    static void replace(int[] slots, int tag, int place, int newPlace) {
        slots[position(slots, tag, place)] = slot(tag, newPlace);
    }

    /** Takes a place out that is there, and moves up those behind it that would not be found any more. */
    static void remove(int[] slots, int tag, int place) {
        int gap = position(slots, tag, place);
        for (int i = next(gap, slots.length); slots[i] != 0; i = next(i, slots.length)) {
            int home = home(tag(slots[i]), slots.length);
            if (distance(home, i, slots.length) >= distance(gap, i, slots.length)) {
                slots[gap] = slots[i];
                gap = i;
            }
        }
        slots[gap] = 0;
    }

    /** Returns slots with the same content that are four fifths full at most, with room for one more. */
    static int[] withRoom(int[] slots, int used) {
        return (used + 1) * 5L <= slots.length * 4L ? slots : resized(slots, slots.length + slots.length / 4);
    }

    /** Returns slots with the same content that are not much larger than what they hold. */
    static int[] withoutSlack(int[] slots, int used) {
        int wanted = Math.max(SMALLEST, used * 3 / 2);
        return slots.length < 2 * wanted ? slots : resized(slots, wanted);
    }

    private static int[] resized(int[] slots, int capacity) {
        int[] resized = new int[capacity];
        for (int slot : slots) {
            if (slot != 0) {
                insert(resized, tag(slot), place(slot));
            }
        }
        return resized;
    }

    private static int position(int[] slots, int tag, int place) {
        int wanted = slot(tag, place);
        int position = home(tag, slots.length);
        while (slots[position] != wanted) {
            position = next(position, slots.length);
        }
        return position;
    }

    private static int distance(int from, int to, int capacity) {
        return to >= from ? to - from : to - from + capacity;
    }

    private static int slot(int tag, int place) {
        return (tag << PLACE_BITS) | place;
    }
}
