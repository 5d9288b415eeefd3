package dev.headway.limiter.store;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.algorithm.Rule;
import dev.headway.limiter.algorithm.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Records that hold a state of fixed size for each limit. Immutable.
 *
 * <p>Such a state counts for one window, so all callers of a key must have windows of the same lengths; how many permits they hold may
 * differ. When a window changes its length, what was taken is carried over from the old limit with the nearest one, dated to the last
 * request: that forgets nothing.
 *
 * @param <S> the state under one rule
 */
final class RulesLayout<S> implements Layout {
    /** As long as the counter remembers with the longest window. */
    private static final Duration LONGEST_LIFETIME = Limit.MAX_WINDOW.multipliedBy(2);

    private final List<Limit> limits;
    private final Packing<S> packing;
    private final Function<Window, ? extends Rule<S>> kind;
    private final TickScale scale;
    private final long lifetimeTicks;

    private RulesLayout(List<Limit> limits, Packing<S> packing, Function<Window, ? extends Rule<S>> kind) {
        this.limits = limits;
        this.packing = packing;
        this.kind = kind;
        this.scale = TickScale.forWindow(Windows.longest(limits));
        List<? extends Rule<S>> rules = rules(limits);
        requireNotTooLong(rules);
        this.lifetimeTicks = rules.stream().mapToLong(Rule::lifetimeTicks).max().orElseThrow();
    }

    private void requireNotTooLong(List<? extends Rule<S>> rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).lifetimeTicks() > 2 * scale.windowTicks(Limit.MAX_WINDOW)) {
                throw new IllegalArgumentException("limit " + limits.get(i) + " with a burst of "
                        + rules.get(i).mostPermits() + ": an empty bucket takes more than "
                        + LONGEST_LIFETIME.toDays() + " days to fill; a smaller burst is accepted");
            }
        }
    }

    static <S> RulesLayout<S> of(List<Limit> limits, Packing<S> packing, Function<Window, ? extends Rule<S>> kind) {
        return new RulesLayout<>(limits, packing, kind);
    }

    @Override
    public Layout with(List<Limit> newLimits) {
        RulesLayout<S> alone = new RulesLayout<>(newLimits, packing, kind);
        boolean isEnough =
                Windows.lengths(newLimits).equals(Windows.lengths(limits)) && alone.lifetimeTicks <= lifetimeTicks;
        return isEnough ? this : alone;
    }

    @Override
    public void requireShareable(List<Limit> newLimits) {
        if (!Windows.lengths(newLimits).equals(Windows.lengths(limits))) {
            throw new IllegalArgumentException("limits " + newLimits + " on the same keys as " + limits
                    + "; by this algorithm, windows of the same lengths are accepted (" + Algorithm.SLIDING_WINDOW
                    + " takes any)");
        }
    }

    @Override
    public boolean takesReceiptsOf(Layout earlier) {
        return earlier == this; // what is carried over is dated anew, so that no receipt finds it
    }

    @Override
    public PackedAlgorithm algorithm(List<Limit> asked) {
        return new PackedRules<>(rules(asked), packing, scale);
    }

    private List<? extends Rule<S>> rules(List<Limit> asked) {
        return new Windows(asked, scale).map(kind);
    }

    @Override
    public TickScale scale() {
        return scale;
    }

    @Override
    public long lifetimeTicks() {
        return lifetimeTicks;
    }

    @Override
    public int mostRecordWords() {
        return Page.STATE + limits.size() * packing.words();
    }

    @Override
    @SuppressWarnings("unchecked") // a space never changes its algorithm, so the earlier layout packs the same states
    public void adopt(Layout earlier, int[] page, int at, Segment into) {
        RulesLayout<S> from = (RulesLayout<S>) earlier;
        long last = scale.tick(Page.last(page, at), from.scale);
        int reference = into.insert(Page.keyHigh(page, at), Page.keyLow(page, at), mostRecordWords(), last);
        List<? extends Rule<S>> oldRules = from.rules(from.limits);
        List<? extends Rule<S>> newRules = rules(limits);
        for (int i = 0; i < limits.size(); i++) {
            int source = nearest(limits.get(i).window(), from.limits);
            S state = from.packing.read(page, at, at + Page.STATE + source * packing.words());
            S carried = newRules.get(i).carriedOver(state, oldRules.get(source).window(), last);
            packing.write(into.page(reference), Segment.offset(reference) + Page.STATE + i * packing.words(), carried);
        }
    }

    private static int nearest(Duration window, List<Limit> candidates) {
        int nearest = 0;
        for (int i = 1; i < candidates.size(); i++) {
            if (distance(window, candidates.get(i)).compareTo(distance(window, candidates.get(nearest))) < 0) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static Duration distance(Duration window, Limit candidate) {
        return candidate.window().minus(window).abs();
    }
}
