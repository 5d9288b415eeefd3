package dev.headway.benchmarks;

import dev.headway.benchmarks.contender.Entrants;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What {@code ./headway bench limiter} was asked for. Immutable.
 *
 * @param quick the one scenario instead of parts
 * @param parts the parts of the full run
 * @param entrants who takes part in the full run
 */
record LimiterOptions(boolean quick, Set<Part> parts, List<String> entrants) {

    /** Reads the words behind {@code bench limiter}; throws {@link IllegalArgumentException} for those that mean nothing. */
    static LimiterOptions parse(List<String> words) {
        LimiterOptions options = new LimiterOptions(false, Part.all(), Entrants.ids());
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        if (options.quick && words.size() > 1) {
            throw new IllegalArgumentException("--quick goes alone");
        }
        return options;
    }

    private LimiterOptions with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--quick" -> new LimiterOptions(true, parts, entrants);
            case "--only" -> new LimiterOptions(quick, Part.parseAll(value(option, rest)), entrants);
            case "--entrants" -> new LimiterOptions(quick, parts, knownEntrants(value(option, rest)));
            default ->
                throw new IllegalArgumentException(
                        "\"" + option + "\" means nothing here; try --quick, --only or --entrants");
        };
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a list behind it");
        }
        return rest.next();
    }

    private static List<String> knownEntrants(String list) {
        List<String> asked = Arrays.asList(list.split(",", -1));
        for (String id : asked) {
            if (!Entrants.ids().contains(id)) {
                throw new IllegalArgumentException(
                        "--entrants " + id + ": there is no such entrant; try " + String.join(", ", Entrants.ids()));
            }
        }
        return Entrants.ids().stream().filter(asked::contains).toList();
    }
}
