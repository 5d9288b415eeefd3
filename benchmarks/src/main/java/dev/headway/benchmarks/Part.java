package dev.headway.benchmarks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of the full run that can be asked for alone. Immutable. */
enum Part {
    HOT_KEY,
    MANY_KEYS,
    HEAP,
    SWEEP;

    static Set<Part> all() {
        return EnumSet.allOf(Part.class);
    }

    /** The parts of a list such as {@code hot-key,heap}; throws {@link IllegalArgumentException} for other words. */
    static Set<Part> parseAll(String list) {
        return Arrays.stream(list.split(",", -1)).map(Part::parse).collect(Collectors.toSet());
    }

    private static Part parse(String word) {
        return Arrays.stream(values())
                .filter(part -> part.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--only " + word + ": there is no such part; try "
                        + Arrays.stream(values()).map(Part::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
