package dev.headway.limiter.store;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A part of the table: the keys whose hashes begin with the same bits. Shared by threads: who changes it holds the write lock; who
 * reads without it must validate afterwards, and may meet any mixture of old and new until then.
 *
 * <p>Slots lead from hashes to places, {@code page number << 7 | number of the record in its page}, and places to records. Within the
 * segment's methods a record goes by its reference, {@code page number << 16 | offset}. Pages are made as needed, about a sixteenth of the segment at a time, and let go when their last record is freed, so empty places stay few at any
 * number of keys. A record that must grow moves to a page of larger ones.
 *
 * <p>A segment that has become too full, or whose records are of an earlier {@link Layout}, is <i>retired</i>: its records have moved
 * to others, and who finds it retired asks the table again.
 */
final class Segment {
    /** The answer of {@link #find} for a key that is not there. */
    static final int ABSENT = 0;

    private static final int RECORD_BITS = 7;
    private static final int LARGEST_PAGE_RECORDS = 1 << RECORD_BITS;
    private static final int SMALLEST_PAGE_RECORDS = 4;
    private static final int MAX_PAGE_WORDS = 1 << 13;

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final VersionLock lock = new VersionLock();
    private final Layout layout;
    private final int sharedBits;
    private final int expectedRecords;
    private final long number = NUMBERS.getAndIncrement();
    private int[] slots = Slots.create();
    private int[][] pages = {Page.NONE}; // the first one never is another, so that no reference is 0
    private int used;
    private int openPage;
    private volatile long earliest = Long.MAX_VALUE;
    private boolean retired;

    Segment(Layout layout, int sharedBits, int expectedRecords) {
        this.layout = layout;
        this.sharedBits = sharedBits;
        this.expectedRecords = expectedRecords;
    }

    Layout layout() {
        return layout;
    }

    /** Returns a number that no other segment has: who locks several does so in their order. */
    long number() {
        return number;
    }

    int sharedBits() {
        return sharedBits;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Begins to read without the lock; returns what {@link #sawNoChange} must be given. */
    long beginReading() {
        return lock.beginReading();
    }

    /** Returns whether all that was read since belongs together and is still true. */
    boolean sawNoChange(long reading) {
        boolean current = !retired;
        return lock.isUnchanged(reading) && current;
    }

    boolean isRetired() {
        return retired;
    }

    int used() {
        return used;
    }

    /** Returns a time before which none of its keys ceases to matter: the beginning of time if the segment is retired, the end if it is empty. */
    long nextDeathNanos() {
        long tick = earliest;
        return tick == Long.MIN_VALUE || tick == Long.MAX_VALUE
                ? tick
                : layout.scale().nanosAt(tick + layout.lifetimeTicks());
    }

    /** Returns the reference of the key's record, or {@link #ABSENT}. */
    int find(long keyHigh, long keyLow) {
        return find(pages, keyHigh, keyLow);
    }

    /** Returns the nanoseconds until the possible request of a key that is there fits, else zero; without the lock it may be nonsense. */
    long waitNanos(LimitRules rules, long keyHigh, long keyLow, long nanos, int permits) {
        int[][] readPages = pages;
        int reference = find(readPages, keyHigh, keyLow);
        int[] page = page(readPages, reference);
        int at = offset(reference);
        // Between the look for the record and now its page may have been let go, and another one taken its number.
        if (reference == ABSENT || !Page.holds(page, at, keyHigh, keyLow)) {
            return 0;
        }
        long wait = rules.waitTicks(page, at, nanos, permits);
        return wait == 0 || rules.isAfter(Page.last(page, at), nanos) ? 0 : rules.nanosUntil(wait, nanos);
    }

    private int find(int[][] readPages, long keyHigh, long keyLow) {
        int tag = tag(keyLow);
        int[] readSlots = slots;
        int capacity = readSlots.length;
        int position = Slots.home(tag, capacity);
        for (int probes = 0; probes < capacity; probes++) {
            int slot = readSlots[position];
            if (slot == 0) {
                return ABSENT;
            }
            if (Slots.tag(slot) == tag) {
                int pageNumber = Slots.place(slot) >>> RECORD_BITS;
                int[] page = pageNumber < readPages.length ? readPages[pageNumber] : Page.NONE;
                int at = Page.at(page, Slots.place(slot) & (LARGEST_PAGE_RECORDS - 1));
                if (Page.holds(page, at, keyHigh, keyLow)) {
                    return (pageNumber << 16) | at;
                }
            }
            position = Slots.next(position, capacity);
        }
        return ABSENT;
    }

    int[] page(int reference) {
        return page(pages, reference);
    }

    static int offset(int reference) {
        return reference & 0xFFFF;
    }

    /** Makes room for a key that is not there, last touched at the tick; returns its reference. The rest of the state is up to the caller. */
    int insert(long keyHigh, long keyLow, int recordWords, long last) {
        int reference = allocate(recordWords, last);
        Page.putKey(page(reference), offset(reference), keyHigh, keyLow);
        Words.putLong(page(reference), offset(reference) + Page.LAST, last);
        slots = Slots.withRoom(slots, used);
        Slots.insert(slots, tag(keyLow), place(reference));
        used++;
        return reference;
    }

    /** Moves a record to a place of another size; returns its new reference. Words that fit are copied as they are. */
    int move(int reference, int recordWords) {
        int[] from = page(reference);
        int moved = allocate(recordWords, Page.last(from, offset(reference)));
        System.arraycopy(
                from, offset(reference), page(moved), offset(moved), Math.min(recordWords, Page.recordWords(from)));
        Slots.replace(slots, tagOf(reference), place(reference), place(moved));
        free(reference);
        return moved;
    }

    /** Takes note that a record's last touch has become an earlier one. */
    void touchedEarlier(int reference) {
        int[] page = page(reference);
        long last = Page.last(page, offset(reference));
        Page.setEarliest(page, Math.min(Page.earliest(page), last));
        earliest = Math.min(earliest, last);
    }

    void remove(int reference) {
        Slots.remove(slots, tagOf(reference), place(reference));
        free(reference);
        used--;
    }

    /**
     * Frees records that do not matter any more; returns how many. Looks only into pages that may have some and
     * stops after the first that had; a page that had none is not looked into again before one of its keys can have died.
     */
    int reclaim(long nanos) {
        long dead = layout.scale().floor(nanos) - layout.lifetimeTicks();
        int freed = 0;
        for (int i = 0; i < pages.length && freed == 0; i++) {
            if (Page.earliest(pages[i]) <= dead) {
                freed += sweep(i, dead);
            }
        }
        earliest = Arrays.stream(pages).mapToLong(Page::earliest).min().orElse(Long.MAX_VALUE);
        slots = Slots.withoutSlack(slots, used);
        return freed;
    }

    /** Moves all records to two segments of the same layout, by the first bit that is not shared, and retires. */
    void splitInto(Segment zero, Segment one) {
        for (int[] page : pages) {
            for (int at = Page.firstRecord(); at < Page.end(page); at += Page.recordWords(page)) {
                if (Page.last(page, at) != Page.FREE) {
                    int hash = Identity.place(Page.keyLow(page, at));
                    Segment target = (hash << sharedBits) < 0 ? one : zero;
                    target.adopt(page, at);
                }
            }
        }
        retire();
    }

    /** Moves all records to a segment of a later layout, and retires. */
    void convertInto(Segment later) {
        for (int[] page : pages) {
            for (int at = Page.firstRecord(); at < Page.end(page); at += Page.recordWords(page)) {
                if (Page.last(page, at) != Page.FREE) {
                    later.layout.adopt(layout, page, at, later);
                }
            }
        }
        retire();
    }

    private void retire() {
        retired = true;
        earliest = Long.MIN_VALUE;
        slots = Slots.create();
        pages = new int[][] {Page.NONE};
        used = 0;
    }

    /** Returns the bytes of the segment and all it refers to, by the usual layout of objects. */
    long bytes() {
        long bytes = 112 + 16 + 4L * slots.length + 16 + 4L * pages.length;
        for (int[] page : pages) {
            bytes += page == Page.NONE ? 0 : 16 + 4L * page.length;
        }
        return bytes;
    }

    /** Copies a record of another segment of the same layout, in which the key is not there. */
    void adopt(int[] page, int at) {
        int words = Page.recordWords(page);
        int reference = insert(Page.keyHigh(page, at), Page.keyLow(page, at), words, Page.last(page, at));
        System.arraycopy(page, at, page(reference), offset(reference), words);
    }

    private int sweep(int pageNumber, long dead) {
        int[] page = pages[pageNumber];
        int freed = 0;
        long earliestLeft = Long.MAX_VALUE;
        for (int at = Page.firstRecord(); at < Page.end(page); at += Page.recordWords(page)) {
            long last = Page.last(page, at);
            if (last == Page.FREE) {
                continue;
            }
            if (last <= dead) {
                remove((pageNumber << 16) | at);
                freed++;
            } else {
                earliestLeft = Math.min(earliestLeft, last);
            }
        }
        Page.setEarliest(page, earliestLeft);
        return freed;
    }

    private int tagOf(int reference) {
        return tag(Page.keyLow(page(reference), offset(reference)));
    }

    private int tag(long keyLow) {
        return Slots.tagOf(Identity.place(keyLow), sharedBits);
    }

    private int place(int reference) {
        return ((reference >>> 16) << RECORD_BITS) | Page.index(page(reference), offset(reference));
    }

    private int allocate(int recordWords, long last) {
        int pageNumber = pageWithRoom(recordWords);
        int[] page = pages[pageNumber];
        int at = Page.allocate(page);
        Page.setEarliest(page, Math.min(Page.earliest(page), last));
        earliest = Math.min(earliest, last);
        return (pageNumber << 16) | at;
    }

    private void free(int reference) {
        int[] page = page(reference);
        Page.free(page, offset(reference));
        if (Page.isEmpty(page)) {
            pages[reference >>> 16] = Page.NONE;
        }
    }

    private int pageWithRoom(int recordWords) {
        if (openPage < pages.length && Page.hasRoomFor(pages[openPage], recordWords)) {
            return openPage;
        }
        for (int i = 0; i < pages.length; i++) {
            if (Page.hasRoomFor(pages[i], recordWords)) {
                openPage = i;
                return i;
            }
        }
        openPage = addPage(recordWords);
        return openPage;
    }

    private int addPage(int recordWords) {
        int pageNumber = 1;
        while (pageNumber < pages.length && pages[pageNumber] != Page.NONE) {
            pageNumber++;
        }
        if (pageNumber == pages.length) {
            pages = Arrays.copyOf(pages, pageNumber + 1);
        }
        pages[pageNumber] = Page.create(recordWords, pageRecords(recordWords));
        return pageNumber;
    }

    private int pageRecords(int recordWords) {
        int share =
                Math.max(SMALLEST_PAGE_RECORDS, Math.min(LARGEST_PAGE_RECORDS, Math.max(used, expectedRecords) / 16));
        return Math.max(1, Math.min(share, MAX_PAGE_WORDS / recordWords));
    }

    private static int[] page(int[][] pages, int reference) {
        int pageNumber = reference >>> 16;
        return pageNumber < pages.length ? pages[pageNumber] : Page.NONE;
    }
}
