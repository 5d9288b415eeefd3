package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.algorithm.Booking;
import dev.headway.limiter.algorithm.Counting;
import dev.headway.limiter.algorithm.Line;
import dev.headway.limiter.algorithm.Moment;
import dev.headway.limiter.algorithm.Taken;
import dev.headway.limiter.testing.BadClock;
import dev.headway.limiter.testing.ManualTicker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The store and the pure functions side by side on the same random requests, refunds and times. For one thread. */
final class Replay<S> {
    private static final int KEYS = 4;

    private final Random random;
    private final Counting<S> counting;
    private final TickScale scale;
    private final BadClock clock;
    private final ManualTicker ticker;
    private final long origin;
    private final LimitSpace space;
    private final Map<Integer, Line<S>> lines = new HashMap<>();
    private final Map<Integer, List<Held>> waiting = new HashMap<>();
    private final List<Held> held = new ArrayList<>();

    /** Permits of a key that may be given back; nothing is taken yet of those who wait. For one thread. */
    private static final class Held {
        private final int key;
        private final Decision.Allowed allowed;
        private List<Taken> taken = List.of();

        Held(int key, Decision decision) {
            this.key = key;
            this.allowed = (Decision.Allowed) decision;
        }
    }

    Replay(Random random, Terms terms, Counting<S> counting) {
        this.random = random;
        this.counting = counting;
        this.scale = TickScale.forWindow(Windows.longest(terms.limits()));
        this.clock = new BadClock(random, Windows.longest(terms.limits()).toNanos() / 20);
        this.ticker = new ManualTicker(clock.now());
        this.origin = clock.now();
        this.space =
                Places.oneKeyPerSegment(MemoryStore.builder().ticker(ticker)).open(terms);
    }

    /** Lets requests for some keys be tried, looked at and given back. */
    void run(int times) {
        run(times, KEYS);
    }

    private void run(int times, int keys) {
        for (int i = 0; i < times; i++) {
            ticker.set(clock.next());
            switch (random.nextInt(4)) {
                case 0 -> refundSome();
                case 1 -> peek(random.nextInt(keys), anyPermits());
                default -> request(random.nextInt(keys), anyPermits(), 0);
            }
        }
    }

    /**
     * Lets requests for one key be tried, looked at and given back, and places be reserved and given up. With more keys, a round through the
     * lines may settle one at a time that the key itself would never have seen, as the clock goes back.
     */
    void runWithLines(int times) {
        for (int i = 0; i < times; i++) {
            run(1, 1);
            if (random.nextInt(3) == 0) {
                request(0, anyPermits(), random.nextLong(4 * scale.nanosAt(1L << 31)));
            }
        }
    }

    private int anyPermits() {
        return 1 + random.nextInt(random.nextBoolean() ? 1 : 8);
    }

    private long nanos() {
        return clock.now() - origin;
    }

    private Moment now() {
        return scale.moment(nanos());
    }

    /** Returns the line for a key after those whose time has come have gone. */
    private Line<S> line(int key) {
        Line<S> line = lines.computeIfAbsent(key, ignored -> new Line<>(counting.untouched()));
        Line.Settled<S> settled = line.settle(counting, now());
        for (List<Taken> gone : settled.gone()) {
            waiting(key).remove(0).taken = gone;
        }
        lines.put(key, settled.line());
        return settled.line();
    }

    private List<Held> waiting(int key) {
        return waiting.computeIfAbsent(key, ignored -> new ArrayList<>());
    }

    private void peek(int key, int permits) {
        Decision decision = space.peek(new Key.Bits(key, key), permits);

        if (permits > counting.mostPermits()) {
            assertThat(decision).isInstanceOf(Decision.NeverPossible.class);
        } else {
            assertWait(decision, line(key).waitTicks(counting, now(), permits));
        }
    }

    private void request(int key, int permits, long mostWaitNanos) {
        Decision decision = mostWaitNanos == 0
                ? space.tryAcquire(key, key, permits)
                : space.reserve(new Key.Bits(key, key), permits, mostWaitNanos);

        if (permits > counting.mostPermits()) {
            assertThat(decision).isInstanceOf(Decision.NeverPossible.class);
            return;
        }
        Line<S> line = line(key);
        long wait = line.waitTicks(counting, now(), permits);
        if (scale.nanosUntil(wait, nanos()) > mostWaitNanos) {
            assertWait(decision, wait);
            return;
        }
        assertThat(((Decision.Allowed) decision).waitNanos()).isEqualTo(scale.nanosUntil(wait, nanos()));
        Line<S> after = line.reserve(counting, now(), permits, wait).state();
        lines.put(key, after);
        Held one = new Held(key, decision);
        held.add(one);
        if (wait > 0) {
            waiting(key).add(one);
        } else {
            one.taken = counting.taken(after.state(), permits);
        }
    }

    private void assertWait(Decision decision, long waitTicks) {
        if (waitTicks == 0) {
            assertThat(decision).isInstanceOf(Decision.Allowed.class);
            return;
        }
        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.retryAfterNanos()).isEqualTo(scale.nanosUntil(waitTicks, nanos()));
            assertThat(refused.refusedBy()).isNotEmpty();
        });
    }

    private void refundSome() {
        if (!held.isEmpty()) {
            refund(held.remove(random.nextInt(held.size())));
        }
    }

    private void refund(Held one) {
        Line<S> line = line(one.key);
        Line<S> left = one.taken.isEmpty() ? leave(one, line) : line.giveBack(counting, now(), one.taken);

        assertThat(one.allowed.refund()).isEqualTo(!left.equals(line));
        assertThat(one.allowed.refund()).isFalse();

        lines.put(one.key, left);
    }

    private Line<S> leave(Held one, Line<S> line) {
        int place = waiting(one.key).indexOf(one);
        waiting(one.key).remove(place);
        List<Booking> left = new ArrayList<>(line.bookings());
        left.remove(place);
        return new Line<>(line.state(), left);
    }
}
