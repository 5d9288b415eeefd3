package dev.headway.limiter.store;

import dev.headway.limiter.Limit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directory of segments: extendible hashing, after Fagin, Nievergelt, Pippenger and Strong (1979). Safe to share between
 * threads.
 *
 * <p>The first bits of a key's hash are an index into the directory, whose entries are segments. A segment that is full is split in
 * two by one bit more; the directory doubles when a segment needs more bits than the directory has. So the table grows by one small
 * segment at a time, from a handful to many thousands: growing never stops all keys, only those of one segment for some tenths of
 * a millisecond, and there are always as many locks as the number of keys deserves.
 *
 * <p>The directory is never changed in place; a reader that holds an old one finds a retired segment and reads again.
 */
final class KeyTable {
    private static final int MOST_BITS = 20;

    private final ReentrantLock changing = new ReentrantLock();
    private final Population population;
    private final TableShape shape;
    private volatile Segment[] directory;
    private volatile Layout layout;

    KeyTable(TableShape shape, Layout layout, Population population) {
        this.population = population;
        this.shape = shape;
        this.layout = layout;
        this.directory = new Segment[1 << shape.firstBits()];
        Arrays.setAll(directory, ignored -> new Segment(layout, shape.firstBits(), 0));
    }

    /** Returns the layout that a segment has when it is locked next. */
    Layout layout() {
        return layout;
    }

    /** Goes over to the layout for these limits, which must serve those of before too unless they are given up. */
    void layOutFor(List<Limit> limits, boolean givesUpOthers) {
        changing.lock();
        try {
            if (!givesUpOthers) {
                layout.requireShareable(limits);
            }
            layout = layout.with(limits);
        } finally {
            changing.unlock();
        }
    }

    /** Returns the segment for the hash, which may have been retired since. */
    Segment segment(int hash) {
        Segment[] current = directory;
        return current[hash >>> (Integer.SIZE - bits(current))];
    }

    /** Returns the segment for the hash, locked, not retired, and of the current layout. */
    Segment lock(int hash) {
        while (true) {
            Segment segment = segment(hash);
            segment.lock();
            if (!segment.isRetired() && segment.layout() == layout) {
                return segment;
            }
            segment.unlock();
            if (segment.layout() != layout) {
                replace(segment, hash);
            }
        }
    }

    /** Returns the segment for the key, locked, not retired, of the current layout, and with the key in it or with room for it. */
    Segment lockWithRoom(long keyHigh, long keyLow) {
        while (true) {
            Segment segment = lock(Identity.place(keyLow));
            if (hasRoom(segment) || segment.find(keyHigh, keyLow) != Segment.ABSENT) {
                return segment;
            }
            segment.unlock();
            replace(segment, Identity.place(keyLow));
        }
    }

    /** Returns the first hash that comes after those of the segment, 0 after the last. */
    static int hashAfter(Segment segment, int hash) {
        return (hash | (-1 >>> segment.sharedBits())) + 1;
    }

    /** Returns the bytes of all segments and the directory. */
    long bytes() {
        Segment[] current = directory;
        long bytes = 16 + 4L * current.length;
        for (int i = 0; i < current.length; i += current.length >>> current[i].sharedBits()) {
            bytes += current[i].bytes();
        }
        return bytes;
    }

    private boolean hasRoom(Segment segment) {
        return segment.used() < shape.segmentRecords() || segment.sharedBits() == MOST_BITS;
    }

    /** Puts others in the place of a segment that is of an earlier layout or too full, unless somebody has done so. */
    private void replace(Segment old, int hash) {
        changing.lock();
        try {
            old.lock();
            try {
                if (old.isRetired()) {
                    return;
                }
                if (old.layout() != layout) {
                    convert(old, hash);
                } else if (!hasRoom(old)) {
                    split(old, hash);
                }
            } finally {
                old.unlock();
            }
        } finally {
            changing.unlock();
        }
    }

    private void convert(Segment old, int hash) {
        population.resize(old.used(), layout.mostBytesPerKey() - old.layout().mostBytesPerKey());
        Segment later = new Segment(layout, old.sharedBits(), old.used());
        old.convertInto(later);
        Segment[] next = directory.clone();
        Arrays.fill(next, first(next, old, hash), first(next, old, hash) + span(next, old), later);
        directory = next;
    }

    private void split(Segment full, int hash) {
        int childBits = full.sharedBits() + 1;
        Segment zero = new Segment(layout, childBits, shape.segmentRecords() / 2);
        Segment one = new Segment(layout, childBits, shape.segmentRecords() / 2);
        full.splitInto(zero, one);
        Segment[] next = bits(directory) < childBits ? doubled(directory) : directory.clone();
        int first = first(next, full, hash);
        int span = span(next, full);
        Arrays.fill(next, first, first + span / 2, zero);
        Arrays.fill(next, first + span / 2, first + span, one);
        directory = next;
    }

    private static int span(Segment[] directory, Segment segment) {
        return directory.length >>> segment.sharedBits();
    }

    private static int first(Segment[] directory, Segment segment, int hash) {
        return (hash >>> (Integer.SIZE - segment.sharedBits())) * span(directory, segment);
    }

    private static Segment[] doubled(Segment[] directory) {
        Segment[] doubled = new Segment[directory.length * 2];
        Arrays.setAll(doubled, i -> directory[i / 2]);
        return doubled;
    }

    private static int bits(Segment[] directory) {
        return Integer.numberOfTrailingZeros(directory.length);
    }
}
