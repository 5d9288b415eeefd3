package dev.headway.server.flood;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The clients that are being refused, in bounded memory; safe to share between threads, none of which ever waits.
 *
 * <p>A table of fixed size with open addressing: a client has its place among the few that its number points to. Counting one
 * that has a place allocates nothing and looks at no clock. When all those places are taken by others, it is counted with
 * the rest, without a name. Two threads that meet a new client at once agree on one place for it; in the rarest of cases a
 * place that becomes free at that moment gives a client two floods, which the log then tells one after the other.
 */
public final class Floods {
    private static final int PLACES = 1024;
    private static final int TRIES = 8;

    private final AtomicReferenceArray<Flood> places = new AtomicReferenceArray<>(PLACES);
    private final LongAdder rest = new LongAdder();

    /** Counts a refusal. */
    public void count(Caller caller, String endpoint) {
        ClientAddress network = caller.client().network();
        long high = network.high();
        long low = network.low();
        if (caller.identity() instanceof User user) {
            high ^= user.numberHigh();
            low ^= user.numberLow();
        }
        if (!tryCount(high, low)) {
            open(new Flood(high, low, caller, endpoint));
        }
    }

    /** Returns all that go on. */
    List<Flood> present() {
        List<Flood> present = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            Flood flood = places.get(place);
            if (flood != null) {
                present.add(flood);
            }
        }
        return present;
    }

    /** Gives the place of a flood to others; a refusal that is being counted at this moment still counts for it. */
    void close(Flood flood) {
        for (int place = 0; place < PLACES; place++) {
            places.compareAndSet(place, flood, null);
        }
    }

    /** Returns how many refusals there were of clients without a place since this was last asked for. */
    long takeRest() {
        return rest.sumThenReset();
    }

    private boolean tryCount(long high, long low) {
        for (int tried = 0; tried < TRIES; tried++) {
            Flood flood = places.get(place(high, low, tried));
            if (flood != null && flood.isOf(high, low)) {
                flood.count();
                return true;
            }
        }
        return false;
    }

    private void open(Flood opened) {
        opened.count();
        for (int tried = 0; tried < TRIES; tried++) {
            int place = opened.place(tried);
            Flood there = places.compareAndExchange(place, null, opened);
            if (there == null) {
                return;
            }
            if (there.isSameClientAs(opened)) {
                there.count();
                return;
            }
        }
        rest.increment();
    }

    /** Returns the place to be tried next, by the numbers' bits spread (SplitMix64's finalizer). */
    static int place(long high, long low, int tried) {
        long mixed = (high * 31 + low) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return (int) ((mixed >>> 32) + tried) & (PLACES - 1);
    }
}
