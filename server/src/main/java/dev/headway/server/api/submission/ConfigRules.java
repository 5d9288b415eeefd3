package dev.headway.server.api.submission;

import dev.headway.server.http.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a training config against the rules of contract B1.2; for one config, one thread.
 *
 * <p>The rules run in a fixed order and the first that is broken decides the answer, since clients show that one text. What
 * is only odd becomes a warning, for the log and never for the answer.
 */
public final class ConfigRules {
    private static final List<String> METHODS = List.of("sft", "dpo", "rlhf", "orpo", "cpt");
    private static final String METHODS_SHOWN = "['sft', 'dpo', 'rlhf', 'orpo', 'cpt']";
    private static final List<String> QUANTIZATIONS = List.of("4bit", "8bit");
    private static final int MANY_EPOCHS = 100;
    private static final double HIGH_LEARNING_RATE = 0.01;

    private final ObjectNode config;
    private final List<String> warnings = new ArrayList<>();

    private ConfigRules(ObjectNode config) {
        this.config = config;
    }

    /**
     * Returns what the config says once it has passed.
     *
     * @throws HttpProblem with 400 for a broken rule and 500 for a value of a type that no rule speaks of
     */
    public static CheckedConfig check(ObjectNode config) {
        return new ConfigRules(config).check();
    }

    private CheckedConfig check() {
        requireSections();
        ModelName model = model();
        Optional<Section> data = Section.find(config, "data");
        data.ifPresent(section -> checkChatTemplate(section, model));
        String method = training();
        data.ifPresent(section -> DatasetFormats.warn(method, section, warnings));
        LoraRules.check(Section.find(config, "lora"), model, warnings);
        Section.find(config, "output")
                .ifPresent(output -> output.requireNonNegativeInteger("save_total_limit", "save_total_limit"));
        return new CheckedConfig(model.value(), method, List.copyOf(warnings));
    }

    private void requireSections() {
        List<String> missing =
                Stream.of("model", "training").filter(name -> !config.has(name)).toList();
        if (!missing.isEmpty()) {
            throw Refusal.invalid("Missing required config sections: " + String.join(", ", missing));
        }
    }

    private ModelName model() {
        Section model = Section.find(config, "model")
                .orElseThrow(() -> Refusal.invalid("Model config section is missing or empty"));
        String name = model.text("name", "strip").orElseThrow(() -> Refusal.invalid("model.name is required"));
        if (name.isBlank()) {
            throw Refusal.invalid("model.name cannot be empty");
        }
        warnOfQuantization(model);
        return new ModelName(name);
    }

    private void warnOfQuantization(Section model) {
        model.value("quantization")
                .filter(value -> !value.isNull() && !QUANTIZATIONS.contains(value.asString("")))
                .ifPresent(value -> warnings.add("model.quantization is " + value + "; known are 4bit and 8bit"));
    }

    private static void checkChatTemplate(Section data, ModelName model) {
        String strategy = data.text("strategy", "lower").orElse("").toLowerCase(Locale.ROOT);
        boolean wanted = strategy.equals("chat") || data.has("chat_template");
        if (wanted && !model.hasChatTemplate()) {
            throw Refusal.invalid("Model '" + model.value() + "' does not support chat templates."
                    + " Use data.strategy='standard' or a model with chat template support.");
        }
    }

    private String training() {
        Section training =
                Section.find(config, "training").orElseThrow(() -> Refusal.invalid("Training config section is empty"));
        String method = method(training);
        training.requirePositiveNumber("num_epochs", "num_epochs");
        warnAbove(training, "num_epochs", MANY_EPOCHS);
        training.requirePositiveInteger("batch_size", "batch_size");
        training.requirePositiveNumber("learning_rate", "learning_rate");
        warnAbove(training, "learning_rate", HIGH_LEARNING_RATE);
        return method;
    }

    private static String method(Section training) {
        String method = training.text("method", "lower")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Refusal.invalid("training.method is required (sft, dpo, etc.)"));
        String known = method.toLowerCase(Locale.ROOT);
        if (!METHODS.contains(known)) {
            throw Refusal.invalid("Invalid training.method '" + method + "'. Valid: " + METHODS_SHOWN);
        }
        return known;
    }

    private void warnAbove(Section training, String key, double bound) {
        if (training.exceeds(key, bound)) {
            warnings.add("training." + key + " is above " + bound + ", which is unusually high");
        }
    }
}
