package dev.headway.limiter.algorithm;

/**
 * What a key owes to a limit and pays back evenly, N permits in a window W. Immutable.
 *
 * <p><b>Model.</b> A permit that is taken is owed; the debt shrinks by N permits in W ticks and ends at nothing. One permit is paid in
 * W / N ticks, which is seldom a whole number. So the debt is counted in permits times W: a permit is W of these units, a tick pays N
 * of them, and everything is a whole number. Nothing is rounded, and nothing drifts, however many requests there are.
 *
 * <p><b>A queue.</b> Think of the units as a queue that is served from the front: what was taken first is paid first. A refund removes
 * from the queue what is left of a request. Then nobody gets more than if the refunded requests had never been: the units of the
 * others wait behind refunded ones at worst, so at any moment no fewer of them are left than if they had been alone, and these are
 * the debt that their limit demands.
 *
 * <p><b>What is left of a request</b> need not be known exactly, as long as it is not thought to be more. Two things are known
 * without keeping the queue.
 * <ol>
 *   <li>Permits carry serial numbers. Behind the request stand at most those that were taken since, so of the debt A all but these
 *       reach up to it: at least {@code A - since · W} is left of it, or all of it if that is more.
 *   <li>Since the request was taken, at most N units a tick have been paid, to whomever: at least {@code c · W - elapsed · N} is left.
 * </ol>
 * The larger of the two is given back. It is exact unless permits that were taken later have been given back earlier: they are counted
 * as standing there still. If nothing was taken since, the serial numbers go back as well, so that to give back the latest first is
 * always exact. It would not do to remember just how large the debt was: two requests of ten at once owe 10 and 20; when the first is
 * given back, the second is paid by the tenth unit and not by the twentieth, and who believes the 20 gives a stranger's permits away.
 *
 * @param tick when this was true
 * @param amount permits times the window's ticks
 * @param serial how many permits the key has taken, counted from some number and overflowing
 */
public record Debt(long tick, long amount, int serial) {
    /** The debt of a key of which nothing is known. */
    public static final Debt NONE = new Debt(Long.MIN_VALUE, 0, 0);

    /** Makes a debt of which no permit will be given back. */
    public Debt(long tick, long amount) {
        this(tick, amount, 0);
    }

    /** Returns what is left to pay at the tick; the debt stands still while the clock is behind it. */
    long at(long then, Window window) {
        long elapsed = then - tick;
        if (amount == 0 || elapsed <= 0) {
            return amount;
        }
        return elapsed >= ceilingOfDivision(amount, window.permits()) ? 0 : amount - elapsed * window.permits();
    }

    /** Returns how many ticks after now no more than so much is left to pay; zero if it is so now. */
    long ticksUntilAtMost(long most, long now, Window window) {
        return amount <= most ? 0 : Math.max(0, ceilingOfDivision(amount - most, window.permits()) - (now - tick));
    }

    /** Returns the debt after permits were taken. A first serial number is made of the date, so that two lives of a key have not the same. */
    Debt with(Moment now, int permits, Window window) {
        boolean isFirst = equals(NONE);
        long date = isFirst ? now.ceiling() : now.stampNotBefore(tick);
        int before = isFirst ? (int) date : serial;
        return new Debt(date, at(now.floor(), window) + permits * window.ticks(), before + permits);
    }

    /** Returns the debt without what is left of a request, or this very debt if that is nothing; after so many ticks nothing is. */
    Debt without(Taken taken, Moment now, Window window, long lifetimeTicks) {
        long paidUntil = now.floorNotBefore(tick);
        if (paidUntil - taken.tick() >= lifetimeTicks) {
            return this;
        }
        long since = Integer.toUnsignedLong(serial - taken.serial());
        long left = leftOf(taken, since, paidUntil, window);
        return left == 0 ? this : new Debt(tick, amount - left, since == 0 ? serial - taken.permits() : serial);
    }

    private long leftOf(Taken taken, long since, long paidUntil, Window window) {
        long all = taken.permits() * window.ticks();
        long standing = at(paidUntil, window);
        long behind = since > standing / window.ticks() ? standing : since * window.ticks();
        long unpaid = new Debt(taken.tick(), all).at(paidUntil, window);
        return Math.min(standing, Math.max(Math.min(all, standing - behind), unpaid));
    }

    /** Returns the same number of permits owed, rounded up, to a window of another length. */
    Debt carriedOver(Window from, Window to, long last) {
        long whole = amount / from.ticks();
        long part = amount % from.ticks();
        return new Debt(last, whole * to.ticks() + ceilingOfDivision(part * to.ticks(), from.ticks()), serial);
    }

    private static long ceilingOfDivision(long amount, long divisor) {
        return (amount + divisor - 1) / divisor;
    }
}
