package dev.headway.limiter.store;

/**
 * The stamps of one key, packed into a record: what {@link dev.headway.limiter.algorithm.StampLog} is to the pure step. Stateless
 * functions; who changes a record holds the lock of its segment.
 *
 * <pre>
 * record, word 4-5  the newest stamp, all 64 bits
 *              6    where the ring's oldest entry is (16 bits), and how many entries it has (16 bits)
 *              7…   the ring: the low 32 bits of the older stamps
 * </pre>
 *
 * <p>An older stamp is the newest less the unsigned 32-bit difference of their low halves. That is exact while the two are less than
 * 2³² ticks apart, and they are: a window lasts at most 2³¹ ticks, and stamps that are older than the window when a newer one is
 * written leave the ring. So nothing wraps, however long a key rests, and no sweep has to visit keys in time. Ten permits make a
 * record of sixteen words, one line of the cache.
 */
final class PackedLog {
    private static final int RING_STATE = Page.STATE;
    private static final int RING = RING_STATE + 1;

    /** The last touch of a record from which every permit was removed. */
    static final long BLANK = Long.MIN_VALUE + 1;

    private PackedLog() {}

    /** Returns the words of a record that can hold so many permits. */
    static int recordWords(int permits) {
        return RING + permits - 1;
    }

    /** Returns how many stamps are in the record, the newest included. */
    static int size(int[] words, int at) {
        return entries(words, at) + 1;
    }

    /** Returns the stamp so many places before the newest; 0 is the newest itself. */
    static long stamp(int[] words, int at, int distance) {
        long newest = Page.last(words, at);
        if (distance == 0) {
            return newest;
        }
        int low = words[at + RING + ringIndex(words, at, entries(words, at) - distance)];
        return newest - Integer.toUnsignedLong((int) newest - low);
    }

    /** Returns how many ticks after the floor of now a limit has room for so many permits; zero if it has now. */
    static long waitTicks(int[] words, int at, int limit, long windowTicks, long floor, int permits) {
        int distance = limit - permits;
        if (distance > entries(words, at)) {
            return 0;
        }
        return Math.max(0, windowTicks - (floor - stamp(words, at, distance)));
    }

    /**
     * Returns how many stamps are younger than the window. The look begins at the oldest and goes on in steps that double, then halve: of
     * a key that is asked all the time just a few have died since, however many it has.
     */
    static int countLive(int[] words, int at, long windowTicks, long floor) {
        int size = size(words, at);
        int dead = 0;
        int step = 1;
        while (dead + step <= size && isDead(words, at, size - dead - step, windowTicks, floor)) {
            dead += step;
            step *= 2;
        }
        for (; step > 0; step /= 2) {
            if (dead + step <= size && isDead(words, at, size - dead - step, windowTicks, floor)) {
                dead += step;
            }
        }
        return size - dead;
    }

    private static boolean isDead(int[] words, int at, int distance, long windowTicks, long floor) {
        return floor - stamp(words, at, distance) >= windowTicks;
    }

    /** Drops the ring's entries that are older than the window or more than so many; returns how many stay with the newest, none if it is old too. */
    static int purge(int[] words, int at, long windowTicks, long floor, int most) {
        int live = Math.min(most, countLive(words, at, windowTicks, floor));
        int entries = entries(words, at);
        int kept = Math.max(0, live - 1);
        putRing(words, at, ringIndex(words, at, entries - kept), kept);
        return live;
    }

    /** Makes this the record of permits taken at one tick, and of no others. */
    static void start(int[] words, int at, long stamp, int permits) {
        Words.putLong(words, at + Page.LAST, stamp);
        putRing(words, at, 0, 0);
        push(words, at, stamp, permits - 1);
    }

    /** Adds permits with a stamp that is not older than the newest; the ring must have room. */
    static void add(int[] words, int at, long stamp, int permits) {
        push(words, at, Page.last(words, at), 1);
        push(words, at, stamp, permits - 1);
        Words.putLong(words, at + Page.LAST, stamp);
    }

    /** Lays the ring out from its first word, so that the record can be copied to a larger one. */
    static void unroll(int[] words, int at) {
        int entries = entries(words, at);
        int[] unrolled = new int[entries];
        for (int i = 0; i < entries; i++) {
            unrolled[i] = words[at + RING + ringIndex(words, at, i)];
        }
        System.arraycopy(unrolled, 0, words, at + RING, entries);
        putRing(words, at, 0, entries);
    }

    /**
     * Takes so many permits of one stamp out; returns false, and does nothing, if there are not that many. Permits of one tick are
     * interchangeable, so it does not matter whose are taken out.
     */
    static boolean remove(int[] words, int at, long stamp, int permits) {
        int newer = countNewer(words, at, stamp);
        int left = size(words, at) - permits;
        if (newer + permits > size(words, at) || stamp(words, at, newer + permits - 1) != stamp) {
            return false;
        }
        long[] kept = new long[left];
        for (int i = 0; i < left; i++) {
            int distance = left - 1 - i;
            kept[i] = stamp(words, at, distance < newer ? distance : distance + permits);
        }
        rewrite(words, at, kept);
        return true;
    }

    /** Makes this the record of these permits, oldest first; the ring must have room. */
    static void rewrite(int[] words, int at, long[] stamps) {
        putRing(words, at, 0, 0);
        for (int i = 0; i < stamps.length - 1; i++) {
            push(words, at, stamps[i], 1);
        }
        Words.putLong(words, at + Page.LAST, stamps.length == 0 ? BLANK : stamps[stamps.length - 1]);
    }

    private static int countNewer(int[] words, int at, long stamp) {
        int newer = 0;
        while (newer < size(words, at) && stamp(words, at, newer) > stamp) {
            newer++;
        }
        return newer;
    }

    private static void push(int[] words, int at, long stamp, int times) {
        int entries = entries(words, at);
        for (int i = 0; i < times; i++) {
            words[at + RING + ringIndex(words, at, entries + i)] = (int) stamp;
        }
        putRing(words, at, head(words, at), entries + times);
    }

    private static int ringIndex(int[] words, int at, int entry) {
        int capacity = Page.recordWords(words) - RING;
        int index = head(words, at) + entry;
        return index < capacity ? index : index - capacity;
    }

    private static int head(int[] words, int at) {
        return words[at + RING_STATE] >>> 16;
    }

    private static int entries(int[] words, int at) {
        return words[at + RING_STATE] & 0xFFFF;
    }

    private static void putRing(int[] words, int at, int head, int entries) {
        words[at + RING_STATE] = (head << 16) | entries;
    }
}
