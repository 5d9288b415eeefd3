package dev.headway.trainer.evaluate;

/**
 * How many letters must be put in, left out or replaced to make one text of another (Levenshtein). Stateless; threads may
 * share it.
 *
 * <p>A letter is a Unicode code point. The table is filled row by row, of which only the last is kept: its entry j is the
 * distance between what has been read of the one text and the first j letters of the other.
 */
final class EditDistance {
    private EditDistance() {}

    static int between(String one, String other) {
        int[] letters = one.codePoints().toArray();
        int[] others = other.codePoints().toArray();
        int[] row = new int[others.length + 1];
        for (int at = 0; at < row.length; at++) row[at] = at;
        for (int read = 0; read < letters.length; read++) advance(row, letters[read], others, read + 1);
        return row[others.length];
    }

    private static void advance(int[] row, int letter, int[] others, int read) {
        int diagonal = row[0];
        row[0] = read;
        for (int at = 1; at < row.length; at++) {
            int replaced = diagonal + (letter == others[at - 1] ? 0 : 1);
            diagonal = row[at];
            row[at] = Math.min(replaced, Math.min(row[at], row[at - 1]) + 1);
        }
    }
}
