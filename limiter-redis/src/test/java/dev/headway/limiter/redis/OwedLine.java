package dev.headway.limiter.redis;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import dev.headway.limiter.algorithm.Booking;
import dev.headway.limiter.algorithm.Debt;
import dev.headway.limiter.algorithm.Line;
import dev.headway.limiter.algorithm.Moment;
import dev.headway.limiter.algorithm.OwingRule;
import dev.headway.limiter.algorithm.Pacing;
import dev.headway.limiter.algorithm.Taken;
import dev.headway.limiter.algorithm.Together;
import dev.headway.limiter.algorithm.TokenBucket;
import dev.headway.limiter.algorithm.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pure line of one key that owes, with the serial numbers that Redis tells: what the scripts are checked by. One thread uses it.
 *
 * <p>The pure line numbers permits when they go, Redis when they are promised. So here each limit has a counter that runs as that of Redis does, and
 * to give back what has gone, the distance from it takes the place of the pure number.
 */
final class OwedLine {
    private final Together<Debt> counting;
    private final List<Position> waiting = new ArrayList<>();
    private final long[] serials;
    private Line<List<Debt>> line;
    private long now;

    /** A place in the line: how many permits left just before it, and how many it has. */
    private record Position(Booking booking, int gap) {
        int numbers() {
            return gap + booking.permits();
        }
    }

    /** By what permits are given back: their time and the numbers that were told with it. */
    record Ticket(long tick, int permits, List<Long> told) {}

    private OwedLine(Together<Debt> counting) {
        this.counting = counting;
        this.serials = new long[counting.rules().size()];
        this.line = new Line<>(counting.untouched());
    }

    static OwedLine of(Terms terms, long nanosPerTick) {
        return new OwedLine(new Together<>(terms.limits().stream()
                .map(limit -> rule(terms, limit, nanosPerTick))
                .toList()));
    }

    private static OwingRule rule(Terms terms, Limit limit, long nanosPerTick) {
        Window window = new Window(limit.permits(), limit.window().toNanos() / nanosPerTick);
        int burst = terms.burst() == Terms.NO_BURST ? limit.permits() : terms.burst();
        return terms.algorithm() == Algorithm.PACING ? new Pacing(window) : new TokenBucket(window, burst);
    }

    void moveTo(long tick) {
        now = tick;
        Line.Settled<List<Debt>> settled = line.settle(counting, Moment.at(now));
        line = settled.line();
        for (int gone = 0; gone < settled.gone().size(); gone++) {
            count(waiting.remove(0).numbers());
        }
    }

    private void count(int numbers) {
        for (int limit = 0; limit < serials.length; limit++) {
            serials[limit] += numbers;
        }
    }

    /** Returns the ticks until so many permits fit behind all who wait. */
    long waitTicks(int permits) {
        return permits > counting.mostPermits() ? 0 : line.waitTicks(counting, Moment.at(now), permits);
    }

    /** Takes permits that fit after so many ticks. */
    Ticket take(int permits, long wait) {
        line = line.reserve(counting, Moment.at(now), permits, wait).state();
        if (wait == 0) {
            count(permits);
            return new Ticket(now, permits, numbersAfter(0));
        }
        waiting.add(new Position(new Booking(now + wait, permits), 0));
        return new Ticket(
                now + wait,
                permits,
                numbersAfter(waiting.stream().mapToInt(Position::numbers).sum()));
    }

    private List<Long> numbersAfter(int waitingPermits) {
        return Arrays.stream(serials)
                .mapToObj(serial -> serial + waitingPermits)
                .toList();
    }

    /** Gives permits back, or their place; returns whether there was something to give back. */
    boolean giveBack(Ticket ticket) {
        return ticket.tick() > now ? leave(ticket) : giveBackGone(ticket);
    }

    private boolean leave(Ticket ticket) {
        Booking booking = new Booking(ticket.tick(), ticket.permits());
        int place = waiting.stream().map(Position::booking).toList().lastIndexOf(booking);
        Position left = waiting.remove(place);
        if (place < waiting.size()) {
            Position next = waiting.get(place);
            waiting.set(place, new Position(next.booking(), next.gap() + left.numbers()));
        }
        line = line.cancel(booking);
        return true;
    }

    private boolean giveBackGone(Ticket ticket) {
        List<Taken> taken = new ArrayList<>();
        for (int limit = 0; limit < serials.length; limit++) {
            int since = (int) (serials[limit] - ticket.told().get(limit));
            int serial = line.state().get(limit).serial() - since;
            taken.add(new Taken(ticket.permits(), ticket.tick(), serial));
        }
        Line<List<Debt>> before = line;
        line = line.giveBack(counting, Moment.at(now), taken);
        for (int limit = 0; limit < serials.length; limit++) {
            serials[limit] +=
                    line.state().get(limit).serial() - before.state().get(limit).serial();
        }
        return !line.equals(before);
    }
}
