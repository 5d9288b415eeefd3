package dev.headway.limiter.store;

/**
 * An open-addressing table from 32-bit hashes to 32-bit references, in an array of longs. Stateless functions; who calls them holds
 * the lock of the segment, or reads and validates afterwards.
 *
 * <p>A slot is {@code hash << 32 | reference}, and 0 is an empty slot, for no reference is 0. As the hash is at hand, a look-up
 * touches a record only when all 32 bits agree, and growing touches none. The home of a hash is its share of the array, {@code hash
 * · capacity / 2³²}, with the bits shifted out that all keys of the segment have in common; so a capacity need not be a power of
 * two and can grow in small steps. Collisions go to the next slot; removing closes the gap, so there are no tombstones.
 */
final class Slots {
    private static final int SMALLEST = 8;

    private Slots() {}

    static long[] create() {
        return new long[SMALLEST];
    }

    static int home(int hash, int sharedBits, int capacity) {
        return (int) (((((long) hash << sharedBits) & 0xFFFF_FFFFL) * capacity) >>> 32);
    }

    static int next(int position, int capacity) {
        return position + 1 == capacity ? 0 : position + 1;
    }

    static int hash(long slot) {
        return (int) (slot >>> 32);
    }

    static int reference(long slot) {
        return (int) slot;
    }

    /** Puts the reference in; there must be an empty slot. */
    static void insert(long[] slots, int sharedBits, int hash, int reference) {
        int position = home(hash, sharedBits, slots.length);
        while (slots[position] != 0) {
            position = next(position, slots.length);
        }
        slots[position] = slot(hash, reference);
    }

    /** Puts another reference in the place of one that is there. */
    static void replace(long[] slots, int sharedBits, int hash, int reference, int newReference) {
        slots[position(slots, sharedBits, hash, reference)] = slot(hash, newReference);
    }

    /** Takes a reference out that is there, and moves up those behind it that would not be found any more. */
    static void remove(long[] slots, int sharedBits, int hash, int reference) {
        int gap = position(slots, sharedBits, hash, reference);
        for (int i = next(gap, slots.length); slots[i] != 0; i = next(i, slots.length)) {
            int home = home(hash(slots[i]), sharedBits, slots.length);
            if (distance(home, i, slots.length) >= distance(gap, i, slots.length)) {
                slots[gap] = slots[i];
                gap = i;
            }
        }
        slots[gap] = 0;
    }

    /** Returns slots with the same content that are four fifths full at most, with room for one more. */
    static long[] withRoom(long[] slots, int sharedBits, int used) {
        return (used + 1) * 5L <= slots.length * 4L
                ? slots
                : resized(slots, sharedBits, slots.length + slots.length / 4);
    }

    /** Returns slots with the same content that are not much larger than what they hold. */
    static long[] withoutSlack(long[] slots, int sharedBits, int used) {
        int wanted = Math.max(SMALLEST, used * 3 / 2);
        return slots.length < 2 * wanted ? slots : resized(slots, sharedBits, wanted);
    }

    private static long[] resized(long[] slots, int sharedBits, int capacity) {
        long[] resized = new long[capacity];
        for (long slot : slots) {
            if (slot != 0) {
                insert(resized, sharedBits, hash(slot), reference(slot));
            }
        }
        return resized;
    }

    private static int position(long[] slots, int sharedBits, int hash, int reference) {
        long wanted = slot(hash, reference);
        int position = home(hash, sharedBits, slots.length);
        while (slots[position] != wanted) {
            position = next(position, slots.length);
        }
        return position;
    }

    private static int distance(int from, int to, int capacity) {
        return to >= from ? to - from : to - from + capacity;
    }

    private static long slot(int hash, int reference) {
        return ((long) hash << 32) | (reference & 0xFFFF_FFFFL);
    }
}
