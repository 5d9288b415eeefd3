package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about the views that limiters keep. Threads do not share it. */
class LimitViewsTest {
    private final List<List<Limit>> made = new ArrayList<>();
    private final LimitViews views = new LimitViews(
            new Terms("tiers", Algorithm.SLIDING_WINDOW, Limit.parseAll("1/day")), new Space(List.of(), made));

    /** A space that notes the views that are asked of it. */
    private record Space(List<Limit> limits, List<List<Limit>> made) implements LimitSpace {
        @Override
        public Decision tryAcquire(String key, int permits) {
            return new Decision.Allowed(List.of());
        }

        @Override
        public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
            return new Decision.Allowed(List.of());
        }

        @Override
        public LimitSpace withLimits(List<Limit> others) {
            made.add(others);
            return new Space(others, made);
        }
    }

    @Test
    void makesOneViewPerListOfLimits() {
        List<Limit> gold = Limit.parseAll("10/minute");

        LimitSpace first = views.under(gold);

        assertThat(views.under(Limit.parseAll("10/minute"))).isSameAs(first);
        assertThat(views.under(Limit.parseAll("20/minute")).limits()).isEqualTo(Limit.parseAll("20/minute"));
        assertThat(made).hasSize(2);
    }

    @Test
    void keepsNoMoreViewsThanItMayAndStillAnswers() {
        for (int permits = 1; permits <= LimitViews.MOST + 10; permits++) {
            views.under(List.of(Limit.of(permits, Unit.MINUTE)));
        }
        made.clear();

        LimitSpace kept = views.under(List.of(Limit.of(LimitViews.MOST, Unit.MINUTE)));
        LimitSpace oneTime = views.under(List.of(Limit.of(LimitViews.MOST + 1, Unit.MINUTE)));

        assertThat(made).containsExactly(oneTime.limits());
        assertThat(kept.limits()).containsExactly(Limit.of(LimitViews.MOST, Unit.MINUTE));
    }

    @Test
    void isNotMisledByAListThatChangesLater() {
        List<Limit> mutable = new ArrayList<>(Limit.parseAll("10/minute"));
        views.under(mutable);

        mutable.set(0, Limit.parse("20/minute"));

        assertThat(views.under(Limit.parseAll("10/minute")).limits()).isEqualTo(Limit.parseAll("10/minute"));
    }
}
