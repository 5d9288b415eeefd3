package dev.headway.server.api.submission;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which dataset formats go with which training method; others are only warned of. Safe for all threads. */
final class DatasetFormats {
    private static final Map<String, List<String>> BY_METHOD = Map.of(
            "sft", List.of("chatml", "sharegpt", "jsonl", "alpaca", "openorca", "unnatural", "text"),
            "dpo", List.of("dpo"),
            "orpo", List.of("dpo"),
            "rlhf", List.of("rlhf"),
            "cpt", List.of("raw_text", "text"));

    private DatasetFormats() {}

    static void warn(String method, Section data, List<String> warnings) {
        List<String> formats = BY_METHOD.getOrDefault(method, List.of());
        data.value("dataset_format")
                .filter(format -> !format.isNull() && !formats.contains(format.asString("")))
                .ifPresent(format -> warnings.add(warning(method, format, formats)));
    }

    private static String warning(String method, JsonNode format, List<String> formats) {
        return "data.dataset_format is " + format + "; formats made for the method " + method + " are " + formats;
    }
}
