package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Usage;
import dev.headway.limiter.algorithm.FixedWindow;
import dev.headway.limiter.algorithm.Moment;
import dev.headway.limiter.algorithm.Pacing;
import dev.headway.limiter.algorithm.Rule;
import dev.headway.limiter.algorithm.SlidingWindowCounter;
import dev.headway.limiter.algorithm.Taken;
import dev.headway.limiter.algorithm.TokenBucket;
import dev.headway.limiter.algorithm.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One key under the pure steps of the limiter, by the ticks of Redis: what the scripts are checked by. One thread uses it.
 *
 * @param <S> the state under one limit
 */
final class RuleModel<S> {
    private static final long NANOS_PER_MICRO = 1_000;

    private final Tick tick;
    private final Function<Window, Rule<S>> kind;
    private List<Limit> limits;
    private List<Limit> fastest;
    private List<Limit> written;
    private List<S> states = List.of();
    private long last;

    private RuleModel(Tick tick, Function<Window, Rule<S>> kind, List<Limit> limits) {
        this.tick = tick;
        this.kind = kind;
        this.limits = limits;
        this.fastest = limits;
        this.written = limits;
    }

    static RuleModel<?> of(Terms terms, Tick tick) {
        int burst = terms.burst();
        return switch (terms.algorithm()) {
            case FIXED_WINDOW -> new RuleModel<>(tick, FixedWindow::new, terms.limits());
            case SLIDING_WINDOW_COUNTER -> new RuleModel<>(tick, SlidingWindowCounter::new, terms.limits());
            case TOKEN_BUCKET ->
                new RuleModel<>(
                        tick, window -> new TokenBucket(window, burst == 0 ? window.permits() : burst), terms.limits());
            case PACING -> new RuleModel<>(tick, Pacing::new, terms.limits());
            case SLIDING_WINDOW -> throw new IllegalArgumentException("the sliding window has a log");
        };
    }

    void changeTo(List<Limit> newLimits) {
        fastest = ticks(newLimits).equals(ticks(fastest)) ? larger(newLimits, fastest) : newLimits;
        limits = newLimits;
    }

    private static List<Limit> larger(List<Limit> some, List<Limit> others) {
        return IntStream.range(0, some.size())
                .mapToObj(i -> some.get(i).permits() > others.get(i).permits() ? some.get(i) : others.get(i))
                .toList();
    }

    List<Limit> tooSmallFor(int permits) {
        return where(rule -> rule.mostPermits() < permits);
    }

    List<Limit> refusing(long nanos, int permits) {
        List<S> now = current();
        return places().filter(i -> rules(limits).get(i).waitTicks(now.get(i), moment(nanos), permits) > 0)
                .mapToObj(limits::get)
                .toList();
    }

    long waitNanos(long nanos, int permits) {
        return places().mapToLong(i -> waitNanos(i, nanos, permits)).max().orElseThrow();
    }

    /** Takes permits that fit; returns by what they are given back. */
    List<Taken> take(long nanos, int permits) {
        List<S> now = current();
        boolean wasKnown = !states.isEmpty();
        states = places().mapToObj(i -> rules(limits).get(i).take(now.get(i), moment(nanos), permits))
                .toList();
        last = wasKnown
                ? Math.max(last, moment(nanos).ceiling())
                : moment(nanos).ceiling();
        written = limits;
        return places().mapToObj(i -> rules(limits).get(i).taken(states.get(i), permits))
                .toList();
    }

    /** Gives permits back that were taken under limits whose windows were these. */
    boolean giveBack(long nanos, List<Taken> taken, List<Limit> takenUnder) {
        if (states.isEmpty() || !ticks(takenUnder).equals(ticks(written))) {
            return false;
        }
        List<Limit> careful = ticks(takenUnder).equals(ticks(fastest)) ? fastest : takenUnder;
        List<S> left = places(written)
                .mapToObj(i -> rules(careful).get(i).giveBack(states.get(i), moment(nanos), taken.get(i)))
                .toList();
        boolean given =
                IntStream.range(0, left.size()).anyMatch(i -> !left.get(i).equals(states.get(i)));
        boolean blank = IntStream.range(0, left.size())
                .allMatch(i -> rules(careful).get(i).isBlank(left.get(i)));
        states = given && blank ? List.of() : left;
        return given;
    }

    void forget() {
        states = List.of();
    }

    List<Usage> usages(long nanos) {
        return places().mapToObj(i -> usage(i, nanos)).toList();
    }

    private Usage usage(int place, long nanos) {
        int most = rules(limits).get(place).mostPermits();
        int remaining = most;
        while (remaining > 0 && waitNanos(place, nanos, remaining) > 0) {
            remaining--;
        }
        return remaining == most
                ? new Usage(limits.get(place), most, 0, 0)
                : new Usage(
                        limits.get(place),
                        remaining,
                        waitNanos(place, nanos, remaining + 1),
                        waitNanos(place, nanos, most));
    }

    private long waitNanos(int place, long nanos, int permits) {
        return rules(limits).get(place).waitTicks(current().get(place), moment(nanos), permits)
                * tick.micros()
                * NANOS_PER_MICRO;
    }

    private List<S> current() {
        List<Rule<S>> rules = rules(limits);
        if (states.isEmpty()) {
            return rules.stream().map(Rule::untouched).toList();
        }
        return ticks(written).equals(ticks(limits))
                ? states
                : places().mapToObj(this::carried).toList();
    }

    private S carried(int place) {
        Rule<S> rule = rules(limits).get(place);
        int source = places(written)
                .boxed()
                .min((one, other) -> Long.compare(distance(place, one), distance(place, other)))
                .orElseThrow();
        return rule.carriedOver(states.get(source), rules(written).get(source).window(), last);
    }

    private long distance(int place, int source) {
        return Math.abs(tick.ticks(limits.get(place)) - tick.ticks(written.get(source)));
    }

    private List<Rule<S>> rules(List<Limit> some) {
        List<Rule<S>> rules = new ArrayList<>();
        for (Limit limit : some) {
            rules.add(kind.apply(new Window(limit.permits(), tick.ticks(limit))));
        }
        return rules;
    }

    private List<Limit> where(Predicate<Rule<S>> condition) {
        List<Rule<S>> rules = rules(limits);
        return places().filter(i -> condition.test(rules.get(i)))
                .mapToObj(limits::get)
                .toList();
    }

    private List<Long> ticks(List<Limit> some) {
        return some.stream().map(tick::ticks).toList();
    }

    private Moment moment(long nanos) {
        long nanosPerTick = tick.micros() * NANOS_PER_MICRO;
        long floor = Math.floorDiv(nanos, nanosPerTick);
        return new Moment(floor, floor * nanosPerTick == nanos ? floor : floor + 1);
    }

    private IntStream places() {
        return places(limits);
    }

    private static IntStream places(List<Limit> some) {
        return IntStream.range(0, some.size());
    }
}
