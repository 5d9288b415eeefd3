package dev.headway.limiter.store;

import dev.headway.limiter.algorithm.Debt;
import dev.headway.limiter.algorithm.FixedWindow;
import dev.headway.limiter.algorithm.SlidingWindowCounter;

/**
 * How the state under one rule is laid out in words. Stateless, safe to share.
 *
 * @param <S> the state
 */
interface Packing<S> {
    /** The amount in two words, then the serial number; the tick is the last touch of the record. */
    Packing<Debt> DEBT = new Packing<>() {
        @Override
        public int words() {
            return 3;
        }

        @Override
        public Debt read(int[] words, int record, int at) {
            return new Debt(Page.last(words, record), Words.getLong(words, at), words[at + 2]);
        }

        @Override
        public void write(int[] words, int at, Debt debt) {
            Words.putLong(words, at, debt.amount());
            words[at + 2] = debt.serial();
        }
    };

    /** Begin in two words, then the count. */
    Packing<FixedWindow.Count> COUNT = new Packing<>() {
        @Override
        public int words() {
            return 3;
        }

        @Override
        public FixedWindow.Count read(int[] words, int record, int at) {
            return new FixedWindow.Count(Words.getLong(words, at), words[at + 2]);
        }

        @Override
        public void write(int[] words, int at, FixedWindow.Count count) {
            Words.putLong(words, at, count.begin());
            words[at + 2] = count.permits();
        }
    };

    /** Begin in two words, then the previous count and the current one. */
    Packing<SlidingWindowCounter.Counts> COUNTS = new Packing<>() {
        @Override
        public int words() {
            return 4;
        }

        @Override
        public SlidingWindowCounter.Counts read(int[] words, int record, int at) {
            return new SlidingWindowCounter.Counts(Words.getLong(words, at), words[at + 2], words[at + 3]);
        }

        @Override
        public void write(int[] words, int at, SlidingWindowCounter.Counts counts) {
            Words.putLong(words, at, counts.begin());
            words[at + 2] = counts.previous();
            words[at + 3] = counts.current();
        }
    };

    /** Returns how many words a state takes. */
    int words();

    /** Reads the state that is laid out at a place in a record. */
    S read(int[] words, int record, int at);

    void write(int[] words, int at, S state);
}
