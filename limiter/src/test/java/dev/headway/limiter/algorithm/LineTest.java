package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.BadClock;
import dev.headway.limiter.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Claims about those who wait for a key. Threads do not share it. */
class LineTest {
    private static final SlidingWindow THREE_IN_SIXTY = new SlidingWindow(List.of(new Window(3, 60)));

    @Test
    void tellsTheTimesOfTheExampleOfItsEssay() {
        Waiting<StampLog> waiting = new Waiting<>(THREE_IN_SIXTY, StampLog.of(10, 20, 50));

        assertThat(waiting.reserveAt(55, 1, 100)).isEqualTo(70);
        assertThat(waiting.reserveAt(55, 1, 100)).isEqualTo(80);
        assertThat(waiting.tryAt(56, 1)).isEqualTo(new Verdict.Denied(110 - 56));

        waiting.cancel(waiting.standing().get(0));

        assertThat(waiting.tryAt(79, 1)).isEqualTo(new Verdict.Denied(1));
        assertThat(waiting.tryAt(80, 1)).isEqualTo(new Verdict.Granted(80));
        assertThat(waiting.tryAt(80, 1)).isEqualTo(new Verdict.Denied(30));
    }

    @Test
    void letsThoseGoAtOnceForWhomThereIsRoom() {
        Waiting<StampLog> waiting = new Waiting<>(THREE_IN_SIXTY, StampLog.empty());

        assertThat(waiting.reserveAt(5, 3, 0)).isEqualTo(5);
        assertThat(waiting.standing()).isEmpty();
    }

    @Test
    void takesNoPlaceForWhoWouldWaitTooLong() {
        Waiting<StampLog> waiting = new Waiting<>(THREE_IN_SIXTY, StampLog.of(10, 20, 50));

        assertThat(waiting.line.reserve(THREE_IN_SIXTY, Moment.at(55), 1, 14))
                .isEqualTo(new Step<>(waiting.line, new Verdict.Denied(15)));
        assertThat(waiting.line.reserve(THREE_IN_SIXTY, Moment.at(55), 4, 1000))
                .isEqualTo(new Step<>(waiting.line, new Verdict.Impossible()));
    }

    @Test
    void pacesThoseWhoWaitEvenly() {
        Waiting<List<Debt>> waiting =
                new Waiting<>(new Together<>(List.of(new Pacing(new Window(3, 60)))), List.of(Debt.NONE));

        assertThat(waiting.reserveAt(0, 1, 100)).isZero();
        assertThat(waiting.reserveAt(0, 2, 100)).isEqualTo(20);
        assertThat(waiting.reserveAt(0, 1, 100)).isEqualTo(60);
        assertThat(waiting.reserveAt(0, 1, 100)).isEqualTo(80);
    }

    /** Behind a heavy one a light one would fit sooner, and does not go first. */
    @Test
    void servesFirstWhoComesFirst() {
        Waiting<List<Debt>> waiting =
                new Waiting<>(new Together<>(List.of(new TokenBucket(new Window(3, 60)))), List.of(Debt.NONE));
        waiting.reserveAt(0, 3, 0);

        assertThat(waiting.reserveAt(0, 3, 100)).isEqualTo(60);
        assertThat(waiting.tryAt(20, 1)).isEqualTo(new Verdict.Denied(60));
        assertThat(waiting.reserveAt(20, 1, 100)).isEqualTo(80);
    }

    @Test
    void leavesNoTraceOfThoseWhoCancelInWhateverOrder() {
        Seeds.forEach(200, random -> forEveryCounting(random, counting -> leavesNoTrace(counting, random)));
    }

    private static <S> void leavesNoTrace(Counting<S> counting, Random random) {
        Waiting<S> waiting = new Waiting<>(counting, counting.untouched());
        long now = waiting.wander(random, 0, 30);
        waiting.settle(now);
        while (waiting.standing().isEmpty()) {
            waiting.reserveAt(now, counting.mostPermits(), Long.MAX_VALUE);
        }
        Line<S> before = waiting.line;
        List<Booking> told = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int permits = 1 + random.nextInt(counting.mostPermits());
            told.add(new Booking(waiting.reserveAt(now, permits, Long.MAX_VALUE), permits));
        }

        Collections.shuffle(told, random);
        told.forEach(waiting::cancel);

        assertThat(waiting.line).isEqualTo(before);
    }

    /** Whoever was told a time finds room at it, whoever cancels and whatever is given back before. */
    @Test
    void keepsItsWordToAllWhoWait() {
        Seeds.forEach(
                200,
                random -> forEveryCounting(random, counting -> {
                    keepsItsWord(counting, random);
                }));
    }

    private static <S> void keepsItsWord(Counting<S> counting, Random random) {
        Waiting<S> waiting = new Waiting<>(counting, counting.untouched());
        long now = waiting.wander(random, random.nextInt(1000), 60);
        waiting.cancelSome(random);

        S state = waiting.line.state();
        for (Booking booking : waiting.standing()) {
            assertThat(counting.waitTicks(state, Moment.at(booking.tick()), booking.permits()))
                    .as("%s at %d", booking, now)
                    .isZero();
            state = counting.take(state, Moment.at(booking.tick()), booking.permits());
        }
    }

    /** No earlier tick than the one that is told would do for all who stand before: by trying them all. */
    @Test
    void tellsTheFirstTickAtWhichARequestFitsBehindTheOthers() {
        Seeds.forEach(
                100,
                random -> forEveryCounting(random, counting -> {
                    tellsTheFirstTick(counting, random);
                }));
    }

    private static <S> void tellsTheFirstTick(Counting<S> counting, Random random) {
        Waiting<S> waiting = new Waiting<>(counting, counting.untouched());
        long now = waiting.wander(random, 0, 40);
        int permits = 1 + random.nextInt(counting.mostPermits());
        long told = now + waiting.line.waitTicks(counting, Moment.at(now), permits);

        S state = waiting.line.state();
        long tick = now;
        for (Booking booking : waiting.standing()) {
            state = counting.take(state, Moment.at(booking.tick()), booking.permits());
            tick = booking.tick();
        }
        while (counting.waitTicks(state, Moment.at(tick), permits) > 0) {
            tick++;
        }
        assertThat(told).isEqualTo(tick);
    }

    /** The line that the exact window rests on, for those who tried, who waited, who cancelled and who gave back; clocks go wild. */
    @Test
    void keepsTheExactWindowWithThoseWhoWait() {
        Seeds.forEach(300, random -> {
            Window window = Story.window(random);
            SlidingWindow counting = new SlidingWindow(List.of(window));
            Waiting<StampLog> waiting = new Waiting<>(counting, StampLog.empty());
            BadClock clock = new BadClock(random, window.ticks() / 10 + 1);
            for (int i = 0; i < 150; i++) {
                waiting.act(random, clock.next());
            }
            List<Long> kept = waiting.keptTicks();
            for (int k = window.permits(); k < kept.size(); k++) {
                assertThat(kept.get(k) - kept.get(k - window.permits())).isGreaterThanOrEqualTo(window.ticks());
            }
        });
    }

    private static void forEveryCounting(Random random, Consumer<Counting<?>> claim) {
        Window window = Story.window(random);
        Window longer = new Window(1 + random.nextInt(20), 300);
        claim.accept(new SlidingWindow(List.of(window)));
        claim.accept(new SlidingWindow(List.of(window, longer)));
        claim.accept(new Together<>(List.of(new TokenBucket(window, 1 + random.nextInt(15)), new TokenBucket(longer))));
        claim.accept(new Together<>(List.of(new Pacing(window))));
    }

    /** A line and what has become of those who stood in it. For one thread. */
    private static final class Waiting<S> {
        private final Counting<S> counting;
        private final List<Kept> kept = new ArrayList<>();
        private Line<S> line;

        private record Kept(long tick, List<Taken> taken) {}

        Waiting(Counting<S> counting, S state) {
            this.counting = counting;
            this.line = new Line<>(state);
        }

        List<Booking> standing() {
            return line.bookings();
        }

        Verdict tryAt(long now, int permits) {
            settle(now);
            Step<Line<S>> step = line.step(counting, Moment.at(now), permits);
            line = step.state();
            if (step.verdict() instanceof Verdict.Granted) {
                List<Taken> taken = counting.taken(line.state(), permits);
                kept.add(new Kept(taken.get(0).tick(), taken));
            }
            return step.verdict();
        }

        /** Returns the tick that was told, or -1. */
        long reserveAt(long now, int permits, long mostTicks) {
            settle(now);
            if (line.waitTicks(counting, Moment.at(now), permits) == 0) {
                tryAt(now, permits);
                return now;
            }
            Step<Line<S>> step = line.reserve(counting, Moment.at(now), permits, mostTicks);
            line = step.state();
            return step.verdict() instanceof Verdict.Granted granted ? granted.stamp() : -1;
        }

        void settle(long now) {
            Line.Settled<S> settled = line.settle(counting, Moment.at(now));
            for (List<Taken> gone : settled.gone()) {
                kept.add(new Kept(gone.get(0).tick(), gone));
            }
            line = settled.line();
        }

        void cancel(Booking booking) {
            line = line.cancel(booking);
        }

        void cancelSome(Random random) {
            for (Booking booking : standing()) {
                if (random.nextBoolean()) {
                    cancel(booking);
                }
            }
        }

        /** Lets so many things happen, with a clock that only goes on; returns the time. */
        long wander(Random random, long begin, int times) {
            long now = begin;
            for (int i = 0; i < times; i++) {
                now += random.nextInt(20);
                act(random, now);
            }
            return now;
        }

        void act(Random random, long now) {
            int permits = 1 + random.nextInt(counting.mostPermits());
            switch (random.nextInt(6)) {
                case 0, 1 -> tryAt(now, permits);
                case 2, 3 -> reserveAt(now, permits, 200);
                case 4 -> giveOneBack(random, now);
                default -> cancelOne(random);
            }
        }

        private void giveOneBack(Random random, long now) {
            settle(now);
            if (!kept.isEmpty()) {
                Kept one = kept.remove(random.nextInt(kept.size()));
                line = line.giveBack(counting, Moment.at(now), one.taken());
            }
        }

        private void cancelOne(Random random) {
            if (!standing().isEmpty()) {
                cancel(standing().get(random.nextInt(standing().size())));
            }
        }

        /** Returns when each permit was taken that was not given back. */
        List<Long> keptTicks() {
            List<Long> ticks = new ArrayList<>();
            for (Kept one : kept) {
                for (int i = 0; i < one.taken().get(0).permits(); i++) {
                    ticks.add(one.tick());
                }
            }
            return ticks;
        }
    }
}
