package dev.headway.limiter.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes that records of one space come in, in words. Immutable.
 *
 * <p>A record begins at sixteen words, 64 bytes, and doubles until it is as large as it can ever have to be. Sizes just below the
 * largest are left out, and a record that never needs sixteen words is made as small as it can be.
 */
final class RecordSizes {
    private static final int FIRST = 16;

    private final int[] sizes;

    private RecordSizes(int[] sizes) {
        this.sizes = sizes;
    }

    static RecordSizes upTo(int largest) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = FIRST; size <= largest - largest / 4; size *= 2) {
            sizes.add(size);
        }
        sizes.add(largest);
        return new RecordSizes(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Returns the smallest size with so many words, at most the largest. */
    int atLeast(int words) {
        int i = 0;
        while (sizes[i] < words) {
            i++;
        }
        return sizes[i];
    }

    int largest() {
        return sizes[sizes.length - 1];
    }
}
