package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.algorithm.Counting;
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
    private final Map<Integer, S> states = new HashMap<>();
    private final List<Held> held = new ArrayList<>();

    /** Permits of a key that may be given back. */
    private record Held(int key, Decision.Allowed allowed, List<Taken> taken) {}

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

    void run(int times) {
        for (int i = 0; i < times; i++) {
            ticker.set(clock.next());
            if (random.nextInt(4) == 0 && !held.isEmpty()) {
                refund(held.remove(random.nextInt(held.size())));
            } else {
                request(random.nextInt(KEYS), 1 + random.nextInt(random.nextBoolean() ? 1 : 8));
            }
        }
    }

    private long nanos() {
        return clock.now() - origin;
    }

    private Moment now() {
        return scale.moment(nanos());
    }

    private S state(int key) {
        return states.computeIfAbsent(key, ignored -> counting.untouched());
    }

    private void request(int key, int permits) {
        S state = state(key);

        Decision decision = space.tryAcquire(key, key, permits);

        if (permits > counting.mostPermits()) {
            assertThat(decision).isInstanceOf(Decision.NeverPossible.class);
            return;
        }
        long wait = counting.waitTicks(state, now(), permits);
        if (wait > 0) {
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused ->
                                    assertThat(refused.retryAfterNanos()).isEqualTo(scale.nanosUntil(wait, nanos())));
            return;
        }
        S after = counting.take(state, now(), permits);
        states.put(key, after);
        held.add(new Held(key, (Decision.Allowed) decision, counting.taken(after, permits)));
    }

    private void refund(Held one) {
        S state = state(one.key());
        S left = counting.giveBack(state, now(), one.taken());

        assertThat(one.allowed().refund()).isEqualTo(!left.equals(state));
        assertThat(one.allowed().refund()).isFalse();

        states.put(one.key(), left);
    }
}
