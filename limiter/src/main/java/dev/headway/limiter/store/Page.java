package dev.headway.limiter.store;

/**
 * An array of ints that holds records of one size. Stateless functions; who calls them holds the lock of the segment, or reads and
 * validates afterwards.
 *
 * <pre>
 * word 0    words in a record; never changes, so that a reader without a lock can trust it
 *      1    records in use
 *      2    where the first free record is, 0 if none; its first word says where the next is
 *      3    where the part begins that was never in use
 *      4-5  no record in use was last touched before this tick (a lower bound, made exact by a sweep)
 *      6…   the records
 *
 * record, word 0-3  the key
 *              4-5  the tick of the last touch; {@link #FREE} if the record is not in use
 *              6…   the rest of the state, as the algorithm likes it
 * </pre>
 */
final class Page {
    static final int KEY_WORDS = 4;
    static final int LAST = KEY_WORDS;
    static final int STATE = LAST + 2;
    static final long FREE = Long.MIN_VALUE;

    private static final int RECORD_WORDS = 0;
    private static final int IN_USE = 1;
    private static final int FIRST_FREE = 2;
    private static final int UNUSED_FROM = 3;
    private static final int EARLIEST = 4;
    private static final int HEADER = 6;

    /** A page without any record, for places where no page is. */
    static final int[] NONE = create(0, 0);

    private Page() {}

    static int[] create(int recordWords, int records) {
        int[] page = new int[HEADER + recordWords * records];
        page[RECORD_WORDS] = recordWords;
        page[UNUSED_FROM] = HEADER;
        Words.putLong(page, EARLIEST, Long.MAX_VALUE);
        return page;
    }

    static int recordWords(int[] page) {
        return page[RECORD_WORDS];
    }

    /** Returns where the record of that number is. */
    static int at(int[] page, int index) {
        return HEADER + index * page[RECORD_WORDS];
    }

    /** Returns the number of the record at a place. */
    static int index(int[] page, int at) {
        return (at - HEADER) / page[RECORD_WORDS];
    }

    static boolean isEmpty(int[] page) {
        return page[IN_USE] == 0;
    }

    static boolean hasRoomFor(int[] page, int recordWords) {
        return page[RECORD_WORDS] == recordWords
                && (page[FIRST_FREE] != 0 || page[UNUSED_FROM] + recordWords <= page.length);
    }

    /** Returns where a record is that nobody uses; the caller has asked whether there is one. */
    static int allocate(int[] page) {
        page[IN_USE]++;
        int free = page[FIRST_FREE];
        if (free != 0) {
            page[FIRST_FREE] = page[free];
            return free;
        }
        int unused = page[UNUSED_FROM];
        page[UNUSED_FROM] += page[RECORD_WORDS];
        return unused;
    }

    static void free(int[] page, int at) {
        page[IN_USE]--;
        page[at] = page[FIRST_FREE];
        page[FIRST_FREE] = at;
        Words.putLong(page, at + LAST, FREE);
    }

    static boolean holds(int[] page, int at, long keyHigh, long keyLow) {
        return at + STATE <= page.length && Words.getLong(page, at) == keyHigh && Words.getLong(page, at + 2) == keyLow;
    }

    static void putKey(int[] page, int at, long keyHigh, long keyLow) {
        Words.putLong(page, at, keyHigh);
        Words.putLong(page, at + 2, keyLow);
    }

    static long keyHigh(int[] page, int at) {
        return Words.getLong(page, at);
    }

    static long keyLow(int[] page, int at) {
        return Words.getLong(page, at + 2);
    }

    static long last(int[] page, int at) {
        return Words.getLong(page, at + LAST);
    }

    static int firstRecord() {
        return HEADER;
    }

    /** Returns the end of the part that was ever in use. */
    static int end(int[] page) {
        return page[UNUSED_FROM];
    }

    static long earliest(int[] page) {
        return Words.getLong(page, EARLIEST);
    }

    static void setEarliest(int[] page, long tick) {
        Words.putLong(page, EARLIEST, tick);
    }
}
