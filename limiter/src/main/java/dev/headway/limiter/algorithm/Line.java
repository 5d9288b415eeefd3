package dev.headway.limiter.algorithm;

import java.util.ArrayList;
import java.util.List;

/**
 * A key that can be waited for: its state as it is, and behind it the line of those who have been told when to go. Immutable.
 *
 * <p><b>Model.</b> A reservation is a request that is still to come. It is told its time at once: the first tick at which it will fit,
 * if all who reserved before it go at theirs. Nothing is taken until then; when its time has come, it is <i>settled</i>: the permits
 * are taken as of that tick. So what is kept of the past is what the algorithm keeps of any request, and its promise needs no new
 * proof: a line of bookings is a list of requests with dates, and each of them fits at its date.
 *
 * <p><b>Order.</b> Who reserves later goes later or at the same tick, so the line is in the order of time, and first come is first
 * served. Who only tries goes behind: while anybody stands in the line, a try is refused, and told when it would fit behind the last.
 *
 * <p><b>Cancelling</b> takes a booking out of the line. Those behind keep their times, as they have been told them. They fit then too,
 * as where less is taken, there is no less room later. That is so for the exact window, the token bucket and pacing. It is not for
 * {@link FixedWindow} and {@link SlidingWindowCounter}, whose windows begin with a request: were it cancelled, they would begin with
 * another and later, and those who have been told their times would find themselves in other windows. These two keep no line.
 *
 * <p><b>Example.</b> Three permits in 60 ticks, exactly; taken at 10, 20, 50. At 55 two reserve: they may go at 70 and at 80. A try at 56
 * is refused: its turn is at 110. If the first cancels, the second still goes at 80, and at 80 a try fits too.
 *
 * <p><b>Real time.</b> Permits are dated when their bearer was told to go. If he goes later, the promise is kept for the times that were
 * told. <b>Cost.</b> A reservation looks at all who stand in the line.
 *
 * @param state what has been taken until now
 * @param bookings what will be taken, in order of time
 * @param <S> the state of the key under its algorithm
 */
public record Line<S>(S state, List<Booking> bookings) {
    /** Copies the list unless it is immutable already. */
    public Line {
        bookings = List.copyOf(bookings);
    }

    /** Makes a key for which nobody waits. */
    public Line(S state) {
        this(state, List.of());
    }

    /**
     * A line after those whose time has come have gone. Immutable.
     *
     * @param line the line that is left
     * @param gone what a receipt must remember of each, in order
     */
    public record Settled<S>(Line<S> line, List<List<Taken>> gone) {}

    /** Takes the permits of all whose time has come. */
    public Settled<S> settle(Counting<S> counting, Moment now) {
        S settled = state;
        List<List<Taken>> gone = new ArrayList<>();
        while (gone.size() < bookings.size() && bookings.get(gone.size()).tick() - now.floor() <= 0) {
            Booking booking = bookings.get(gone.size());
            settled = counting.take(settled, Moment.at(booking.tick()), booking.permits());
            gone.add(counting.taken(settled, booking.permits()));
        }
        return new Settled<>(new Line<>(settled, bookings.subList(gone.size(), bookings.size())), gone);
    }

    /** Returns how many ticks after the floor of the moment so many permits fit behind all who wait; the line is settled. */
    public long waitTicks(Counting<S> counting, Moment now, int permits) {
        if (bookings.isEmpty()) {
            return counting.waitTicks(state, now, permits);
        }
        S then = state;
        for (Booking booking : bookings) {
            then = counting.take(then, Moment.at(booking.tick()), booking.permits());
        }
        long last = bookings.get(bookings.size() - 1).tick();
        return last - now.floor() + counting.waitTicks(then, Moment.at(last), permits);
    }

    /** Decides about so many permits now; the line is settled. */
    public Step<Line<S>> step(Counting<S> counting, Moment now, int permits) {
        return reserve(counting, now, permits, 0);
    }

    /** Takes so many permits now, or gives them a place in the line if they fit within so many ticks; the line is settled. */
    public Step<Line<S>> reserve(Counting<S> counting, Moment now, int permits, long mostWaitTicks) {
        if (permits > counting.mostPermits()) {
            return new Step<>(this, new Verdict.Impossible());
        }
        long wait = waitTicks(counting, now, permits);
        if (wait > mostWaitTicks) {
            return new Step<>(this, new Verdict.Denied(wait));
        }
        return wait == 0
                ? new Step<>(new Line<>(counting.take(state, now, permits)), new Verdict.Granted(now.ceiling()))
                : new Step<>(with(new Booking(now.floor() + wait, permits)), new Verdict.Granted(now.floor() + wait));
    }

    /** Returns the line without the booking, or this very line if it is not in it; of equal ones the last. */
    public Line<S> cancel(Booking booking) {
        int place = bookings.lastIndexOf(booking);
        if (place < 0) {
            return this;
        }
        List<Booking> left = new ArrayList<>(bookings);
        left.remove(place);
        return new Line<>(state, left);
    }

    /** Returns the line after permits that were taken have been given back; those who wait keep their times. */
    public Line<S> giveBack(Counting<S> counting, Moment now, List<Taken> taken) {
        return new Line<>(counting.giveBack(state, now, taken), bookings);
    }

    private Line<S> with(Booking booking) {
        List<Booking> longer = new ArrayList<>(bookings);
        longer.add(booking);
        return new Line<>(state, longer);
    }
}
