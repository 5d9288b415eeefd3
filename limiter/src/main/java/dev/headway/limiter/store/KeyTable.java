package dev.headway.limiter.store;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directory of segments: extendible hashing, after Fagin, Nievergelt, Pippenger and Strong (1979). Safe to share between
 * threads.
 *
 * <p>The first bits of a key's hash are an index into the directory, whose entries are segments. A segment that is full is split in
 * two by one bit more; the directory doubles when a segment needs more bits than the directory has. So the table grows by one small
 * segment at a time, from a handful to many thousands: growing never stops all keys, only those of one segment for about a tenth of
 * a millisecond, and there are always as many locks as the number of keys deserves.
 *
 * <p>The directory is never changed in place; a reader that holds an old one finds a retired segment and reads again.
 */
final class KeyTable {
    private static final int MOST_BITS = 20;

    private final KeyHash hashing;
    private final ReentrantLock splitting = new ReentrantLock();
    private final TableShape shape;
    private volatile Segment[] directory;

    KeyTable(KeyHash hashing, TableShape shape) {
        this.hashing = hashing;
        this.shape = shape;
        this.directory = new Segment[1 << shape.firstBits()];
        Arrays.setAll(directory, ignored -> new Segment(shape.firstBits(), 0));
    }

    KeyHash hashing() {
        return hashing;
    }

    /** Returns the segment for the hash, which may have been retired since. */
    Segment segment(int hash) {
        Segment[] current = directory;
        return current[hash >>> (Integer.SIZE - bits(current))];
    }

    /** Returns the segment for the hash, locked and not retired. */
    Segment lock(int hash) {
        while (true) {
            Segment segment = segment(hash);
            segment.lock();
            if (!segment.isRetired()) {
                return segment;
            }
            segment.unlock();
        }
    }

    /** Returns the segment for the hash, locked, not retired, and with the key in it or with room for it. */
    Segment lockWithRoom(int hash, long keyHigh, long keyLow) {
        while (true) {
            Segment segment = lock(hash);
            if (hasRoom(segment) || segment.find(hash, keyHigh, keyLow) != Segment.ABSENT) {
                return segment;
            }
            segment.unlock();
            split(segment, hash);
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

    private void split(Segment full, int hash) {
        splitting.lock();
        try {
            full.lock();
            try {
                if (!full.isRetired() && !hasRoom(full)) {
                    replace(full, hash);
                }
            } finally {
                full.unlock();
            }
        } finally {
            splitting.unlock();
        }
    }

    private void replace(Segment full, int hash) {
        int childBits = full.sharedBits() + 1;
        Segment zero = new Segment(childBits, shape.segmentRecords() / 2);
        Segment one = new Segment(childBits, shape.segmentRecords() / 2);
        full.splitInto(hashing, zero, one);
        Segment[] next = bits(directory) < childBits ? doubled(directory) : directory.clone();
        int span = next.length >>> full.sharedBits();
        int first = (hash >>> (Integer.SIZE - full.sharedBits())) * span;
        Arrays.fill(next, first, first + span / 2, zero);
        Arrays.fill(next, first + span / 2, first + span, one);
        directory = next;
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
