package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens to one key under a rule, with every permit that was taken and not given back written down. For one thread. */
final class Story<S> {
    private final Rule<S> rule;
    private final List<Taking> kept = new ArrayList<>();
    private S state;
    private long latest;

    /** Permits that were taken at a tick, never before those of an earlier request. */
    record Taking(long tick, Taken taken) {
        int permits() {
            return taken.permits();
        }
    }

    Story(Rule<S> rule) {
        this.rule = rule;
        this.state = rule.untouched();
    }

    /** Returns a rule of each kind with the same window. */
    static List<Rule<?>> kinds(Random random) {
        Window window = window(random);
        return List.of(
                new TokenBucket(window),
                new TokenBucket(window, 1 + random.nextInt(30)),
                new Pacing(window),
                new FixedWindow(window),
                new SlidingWindowCounter(window));
    }

    static Window window(Random random) {
        return new Window(1 + random.nextInt(12), 1 + random.nextInt(200));
    }

    S state() {
        return state;
    }

    List<Taking> kept() {
        return kept;
    }

    boolean takesAt(long now, int permits) {
        Step<S> step = rule.step(state, Moment.at(now), permits);
        if (!(step.verdict() instanceof Verdict.Granted)) {
            assertThat(step.state()).isSameAs(state);
            return false;
        }
        state = step.state();
        latest = kept.isEmpty() || now - latest > 0 ? now : latest;
        kept.add(new Taking(latest, rule.taken(state, permits)));
        return true;
    }

    /** Gives back what is left of the request; returns whether that was anything. */
    boolean givesBackAt(long now, Taking taking) {
        S left = rule.giveBack(state, Moment.at(now), taking.taken());
        boolean given = left != state;
        state = left;
        kept.remove(taking);
        return given;
    }

    Taking newest() {
        return kept.get(kept.size() - 1);
    }

    long waitAt(long now, int permits) {
        return rule.waitTicks(state, Moment.at(now), permits);
    }

    /** Returns the waits for every number of permits: all that can be seen of the state. */
    List<Long> waitsAt(long now) {
        List<Long> waits = new ArrayList<>();
        for (int permits = 1; permits <= rule.mostPermits(); permits++) {
            waits.add(waitAt(now, permits));
        }
        return waits;
    }

    /** Checks that what was kept obeys the rule's promise wherever a stretch of time is laid. */
    void assertPromiseKept() {
        for (int from = 0; from < kept.size(); from++) {
            long permits = 0;
            for (int to = from; to < kept.size(); to++) {
                permits += kept.get(to).permits();
                long ticks = kept.get(to).tick() - kept.get(from).tick();
                assertThat(permits)
                        .as("%s in %d ticks", rule, ticks)
                        .isLessThanOrEqualTo(mostWithin(ticks, kept.get(to).permits()));
            }
        }
    }

    /** Returns the most permits of requests that lie so many ticks apart at most, the last of which has so many. */
    private long mostWithin(long ticks, int last) {
        Window window = rule.window();
        long paid = Math.multiplyExact(ticks, window.permits()) / window.ticks();
        if (rule instanceof TokenBucket bucket) {
            return bucket.capacity() + paid;
        }
        if (rule instanceof Pacing) {
            return paid + last;
        }
        long windows = ticks / window.ticks() + 2;
        return windows * window.permits() - (rule instanceof SlidingWindowCounter && windows == 2 ? 1 : 0);
    }
}
