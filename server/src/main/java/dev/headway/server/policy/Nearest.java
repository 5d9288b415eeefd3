package dev.headway.server.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of some names somebody meant; stateless. */
final class Nearest {
    private Nearest() {}

    /** Returns a question to add to a complaint, {@code ; do you mean "limits"?}, or nothing. */
    static String question(String written, Collection<String> names) {
        return find(written, names)
                .map(name -> "; do you mean \"" + name + "\"?")
                .orElse("");
    }

    /** Finds the name that is fewest letters away, if that is no more than a third of it. */
    static Optional<String> find(String written, Collection<String> names) {
        if (written.length() > 200) {
            return Optional.empty();
        }
        String wanted = written.strip().toLowerCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt((String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3));
    }

    /** Returns how many letters must be put in, left out or changed (Levenshtein, 1965). */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            before[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] now = new int[other.length() + 1];
            now[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int change = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                now[column] = Math.min(before[column - 1] + change, 1 + Math.min(before[column], now[column - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
