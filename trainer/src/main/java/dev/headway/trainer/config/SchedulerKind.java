package dev.headway.trainer.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The curves of the learning rate, by their names in configurations. */
public enum SchedulerKind {
    /** Falls in a straight line to zero. */
    LINEAR,
    /** Falls along half a cosine to zero. */
    COSINE,
    /** Falls along half a cosine several times, jumping back up in between. */
    COSINE_WITH_RESTARTS,
    /** Stays; a warm-up is not honoured. */
    CONSTANT,
    /** Stays after the warm-up. */
    CONSTANT_WITH_WARMUP;

    static Optional<SchedulerKind> find(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(SchedulerKind::wireName).collect(Collectors.joining(", "));
    }

    /** Returns the name used in configurations, such as {@code cosine_with_restarts}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
