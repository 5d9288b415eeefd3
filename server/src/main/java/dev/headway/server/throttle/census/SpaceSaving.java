package dev.headway.server.throttle.census;

import dev.headway.server.caller.Caller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts who comes most often, in bounded memory; for one thread at a time.
 *
 * <p>The algorithm is Space-Saving (Metwally, Agrawal and El Abbadi, "Efficient computation of frequent and top-k elements in
 * data streams", 2005). There are m places. Whoever has one is counted up. Whoever has none takes the place of the one with
 * the least count, and goes on from that count, which is noted as the error: so much may belong to others.
 *
 * <pre>{@code
 * m = 2:   a a b      a:3      c     a:3            c:2 (error 1): c came at least 2 - 1 and at most 2 times
 *          a     ───► b:1   ─────►   c:2 (error 1)
 * }</pre>
 *
 * <p>The counts add up to the number of all that came, so the least of m is at most that divided by m. Hence a count is too
 * high by no more than that share, never too low, and whoever makes up more than one of m of all has a place.
 *
 * <p>The places are kept in the order of their counts. A client that is refused again and again stands in front and is found
 * at once; somebody new costs one walk over all places.
 */
final class SpaceSaving {
    private final Place[] places;
    private int used;

    /** One client with its count. */
    private static final class Place {
        private final long high;
        private final long low;
        private final Caller caller;
        private final long error;
        private long count;

        Place(long high, long low, Caller caller, long error) {
            this.high = high;
            this.low = low;
            this.caller = caller;
            this.error = error;
            this.count = error;
        }
    }

    SpaceSaving(int capacity) {
        this.places = new Place[capacity];
    }

    /** Counts one, by the number of the caller. */
    void count(long high, long low, Caller caller) {
        int index = find(high, low);
        if (index == used) {
            index = enter(high, low, caller);
        }
        places[index].count++;
        moveUp(index);
    }

    /** Returns what is counted, most first. */
    List<RefusalCount> counts() {
        List<RefusalCount> counts = new ArrayList<>();
        for (Place place : Arrays.copyOf(places, used)) {
            counts.add(new RefusalCount(place.high, place.low, place.caller, place.count, place.count - place.error));
        }
        return counts;
    }

    /** Returns how often at most somebody came who has no place. */
    long most() {
        return used < places.length ? 0 : places[used - 1].count;
    }

    private int find(long high, long low) {
        for (int index = 0; index < used; index++) {
            if (places[index].low == low && places[index].high == high) {
                return index;
            }
        }
        return used;
    }

    private int enter(long high, long low, Caller caller) {
        long least = most();
        if (used < places.length) {
            used++;
        }
        places[used - 1] = new Place(high, low, caller, least);
        return used - 1;
    }

    /** Puts a place whose count has grown by one in front of all that had the same. */
    private void moveUp(int index) {
        Place grown = places[index];
        int first = index;
        while (first > 0 && places[first - 1].count < grown.count) {
            first--;
        }
        places[index] = places[first];
        places[first] = grown;
    }
}
