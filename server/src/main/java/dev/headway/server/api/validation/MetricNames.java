package dev.headway.server.api.validation;

import java.util.List;

/** The metrics that can be asked for, in the order in which they are told. Constants. */
final class MetricNames {
    private static final List<String> ALL =
            List.of("accuracy", "precision", "recall", "f1", "loss", "perplexity", "exact_match", "char_error_rate");

    private MetricNames() {}

    /** Returns those that are wanted, each once; names that nobody knows are left out, as clients are used to. */
    static List<String> known(List<String> wanted) {
        return ALL.stream().filter(wanted::contains).toList();
    }
}
