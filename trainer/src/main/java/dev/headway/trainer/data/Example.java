package dev.headway.trainer.data;

import dev.headway.trainer.text.ByteTokenizer;
import dev.headway.trainer.text.SpecialToken;
import java.util.Arrays;
import java.util.BitSet;

/**
 * One row of tokens, each marked as to be learnt or only to be read.
 *
 * <p>Ids are kept in two bytes each, since a data set is held in memory as a whole. Immutable; any thread may hold it.
 */
public final class Example {
    private final char[] tokens;
    private final BitSet learnt;

    private Example(char[] tokens, BitSet learnt) {
        this.tokens = tokens;
        this.learnt = learnt;
    }

    /** Returns the number of tokens. */
    public int length() {
        return tokens.length;
    }

    /** Returns the id at a position. */
    public int token(int position) {
        return tokens[position];
    }

    /** Returns whether the token at a position is to be learnt; the first never is, as nothing comes before it. */
    public boolean isLearnt(int position) {
        return position > 0 && learnt.get(position);
    }

    /** Returns how many tokens are to be learnt. */
    public int learntTokens() {
        return learnt.get(0) ? learnt.cardinality() - 1 : learnt.cardinality();
    }

    /** Returns the position of the first token to be learnt, or the length when there is none. */
    public int answerStart() {
        int first = learnt.nextSetBit(1);
        return first < 0 ? length() : first;
    }

    /** Returns the ids from a position up to but not including another. */
    public int[] tokens(int from, int to) {
        int[] ids = new int[to - from];
        for (int at = 0; at < ids.length; at++) ids[at] = tokens[from + at];
        return ids;
    }

    /** Returns whether what is to be learnt is one piece at the end, as after a prompt. */
    public boolean hasOneAnswer() {
        return learntTokens() > 0 && learntTokens() == length() - answerStart();
    }

    /** Returns this row with another text, and the end, in place of all that comes from the first learnt token on. */
    public Example withAnswer(String answer) {
        Builder row = new Builder();
        for (int position = 0; position < answerStart(); position++) row.add(token(position), isLearnt(position));
        return row.add(answer, true).add(SpecialToken.END, true).build();
    }

    /** Returns the row cut to at most so many tokens. */
    public Example cut(int maxLength) {
        if (length() <= maxLength) return this;
        return new Example(Arrays.copyOf(tokens, maxLength), learnt.get(0, maxLength));
    }

    /** Puts a row together, piece by piece; for one thread and one row. */
    static final class Builder {
        private char[] tokens = new char[64];
        private int length;
        private final BitSet learnt = new BitSet();

        Builder add(SpecialToken token, boolean isLearnt) {
            return add(token.id(), isLearnt);
        }

        Builder add(String text, boolean isLearnt) {
            for (int id : ByteTokenizer.encode(text)) add(id, isLearnt);
            return this;
        }

        Builder add(Example example) {
            for (int position = 0; position < example.length(); position++)
                add(example.token(position), example.isLearnt(position));
            return this;
        }

        private Builder add(int id, boolean isLearnt) {
            if (length == tokens.length) tokens = Arrays.copyOf(tokens, 2 * length);
            learnt.set(length, isLearnt);
            tokens[length++] = (char) id;
            return this;
        }

        int length() {
            return length;
        }

        Example build() {
            return new Example(Arrays.copyOf(tokens, length), learnt);
        }
    }
}
