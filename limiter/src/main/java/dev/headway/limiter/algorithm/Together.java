package dev.headway.limiter.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several rules of one kind that hold for the same key: one state for each. Immutable.
 *
 * @param <S> the state under one rule
 */
public record Together<S>(List<? extends Rule<S>> rules) implements Counting<List<S>> {
    /** Copies the list unless it is immutable already. */
    public Together {
        rules = List.copyOf(rules);
    }

    @Override
    public List<S> untouched() {
        return rules.stream().<S>map(Rule::untouched).toList();
    }

    @Override
    public int mostPermits() {
        return rules.stream().mapToInt(Rule::mostPermits).min().orElseThrow();
    }

    @Override
    public long waitTicks(List<S> states, Moment now, int permits) {
        return each().mapToLong(i -> rules.get(i).waitTicks(states.get(i), now, permits))
                .max()
                .orElseThrow();
    }

    @Override
    public List<S> take(List<S> states, Moment now, int permits) {
        return each().mapToObj(i -> rules.get(i).take(states.get(i), now, permits))
                .toList();
    }

    @Override
    public List<Taken> taken(List<S> after, int permits) {
        return each().mapToObj(i -> rules.get(i).taken(after.get(i), permits)).toList();
    }

    /** Gives back to each; once nothing is left under any of them, nothing is known of the key. */
    @Override
    public List<S> giveBack(List<S> states, Moment now, List<Taken> taken) {
        List<S> left = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            left.add(rules.get(i).giveBack(states.get(i), now, taken.get(i)));
        }
        return each().allMatch(i -> rules.get(i).isBlank(left.get(i))) ? untouched() : left;
    }

    private IntStream each() {
        return IntStream.range(0, rules.size());
    }
}
