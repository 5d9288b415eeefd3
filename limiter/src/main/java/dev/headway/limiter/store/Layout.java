package dev.headway.limiter.store;

import dev.headway.limiter.Limit;
import java.util.List;

/**
 * How the records of a space are laid out, whatever limits they are asked about. Immutable.
 *
 * <p>When limits change so that the records must tell more, a space goes over to a later layout. Nothing stops for that: each segment
 * has a layout of its own, and is converted when it is next locked.
 */
interface Layout {
    /** Four bytes at the lowest load, five eighths, and some for the segment. */
    long BYTES_OF_A_SLOT = 8;

    /** Returns how long a tick is. */
    TickScale scale();

    /** Returns for how many ticks after its last touch a record matters. */
    long lifetimeTicks();

    /** Returns the words that a record may grow to. */
    int mostRecordWords();

    /** Returns the layout for these limits besides those of before: this one, if it is enough. */
    Layout with(List<Limit> limits);

    /** Throws {@link IllegalArgumentException} unless records can be used under these limits and under those of before, both. */
    void requireShareable(List<Limit> limits);

    /** Returns whether receipts for permits that were taken by an earlier layout, or this one, tell what to give back in a record of this one. */
    boolean takesReceiptsOf(Layout earlier);

    /** Returns how records of this layout are used under the limits, for which it is enough. */
    PackedAlgorithm algorithm(List<Limit> limits);

    /** Writes a record of an earlier layout, which lies in a page at a place, into a segment of this layout. */
    void adopt(Layout earlier, int[] page, int at, Segment into);

    /** Returns the bytes that a key may take: its largest record, its share of a page that fills, and its slot in a table that has just grown. */
    default long mostBytesPerKey() {
        long record = 4L * mostRecordWords();
        return record + record / 8 + BYTES_OF_A_SLOT;
    }
}
