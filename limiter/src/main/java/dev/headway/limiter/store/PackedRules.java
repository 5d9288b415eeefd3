package dev.headway.limiter.store;

import dev.headway.limiter.algorithm.Rule;
import dev.headway.limiter.algorithm.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An algorithm whose state has a fixed size, one rule per limit: the pure steps themselves, on states that are read from the words
 * of a record and written back. Immutable; who changes a record holds the lock of its segment.
 *
 * @param <S> the state under one rule
 */
final class PackedRules<S> implements PackedAlgorithm {
    private final List<? extends Rule<S>> rules;
    private final Packing<S> packing;
    private final TickScale scale;

    PackedRules(List<? extends Rule<S>> rules, Packing<S> packing, TickScale scale) {
        this.rules = rules;
        this.packing = packing;
        this.scale = scale;
    }

    @Override
    public int mostPermits(int limit) {
        return rules.get(limit).mostPermits();
    }

    @Override
    public long waitTicks(int[] words, int at, int limit, long nanos, int permits) {
        return rules.get(limit).waitTicks(packing.read(words, at, place(at, limit)), scale.moment(nanos), permits);
    }

    @Override
    public int newRecordWords(int permits) {
        return Page.STATE + rules.size() * packing.words();
    }

    @Override
    public void start(int[] words, int at, long nanos, int permits) {
        for (int i = 0; i < rules.size(); i++) {
            S untouched = rules.get(i).untouched();
            packing.write(words, place(at, i), rules.get(i).take(untouched, scale.moment(nanos), permits));
        }
    }

    @Override
    public int wordsToTake(int[] words, int at, long nanos, int permits) {
        return Page.recordWords(words);
    }

    @Override
    public void take(int[] words, int at, long nanos, int permits) {
        for (int i = 0; i < rules.size(); i++) {
            S state = packing.read(words, at, place(at, i));
            packing.write(words, place(at, i), rules.get(i).take(state, scale.moment(nanos), permits));
        }
        Words.putLong(words, at + Page.LAST, Math.max(Page.last(words, at), scale.ceiling(nanos)));
    }

    @Override
    public List<Taken> taken(int[] words, int at, int permits) {
        if (rules.size() == 1) {
            return List.of(taken(words, at, 0, permits));
        }
        List<Taken> taken = new ArrayList<>(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            taken.add(taken(words, at, i, permits));
        }
        return taken;
    }

    private Taken taken(int[] words, int at, int limit, int permits) {
        return rules.get(limit).taken(packing.read(words, at, place(at, limit)), permits);
    }

    @Override
    public boolean giveBack(int[] words, int at, long nanos, List<Taken> taken) {
        boolean given = false;
        for (int i = 0; i < rules.size(); i++) {
            S state = packing.read(words, at, place(at, i));
            S left = rules.get(i).giveBack(state, scale.moment(nanos), taken.get(i));
            packing.write(words, place(at, i), left);
            given |= left != state;
        }
        return given;
    }

    @Override
    public boolean isBlank(int[] words, int at) {
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).isBlank(packing.read(words, at, place(at, i)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Duration> permitAges(int[] words, int at, long nanos) {
        return List.of();
    }

    private int place(int at, int limit) {
        return at + Page.STATE + limit * packing.words();
    }
}
