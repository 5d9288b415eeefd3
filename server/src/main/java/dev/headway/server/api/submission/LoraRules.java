package dev.headway.server.api.submission;

import dev.headway.server.api.wire.PythonText;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rules for the top-level {@code lora} section; pure functions but for the warnings they add. */
final class LoraRules {
    private static final List<String> USUAL_MODULES = List.of("q_proj", "v_proj", "k_proj", "o_proj");
    private static final int HIGH_RANK = 64;

    private LoraRules() {}

    static void check(Optional<Section> lora, ModelName model, List<String> warnings) {
        lora.ifPresentOrElse(
                section -> check(section, model, warnings),
                () -> warnings.add("there is no lora section, so the whole model is trained"));
    }

    private static void check(Section lora, ModelName model, List<String> warnings) {
        lora.requirePositiveInteger("r", "lora.r");
        if (lora.exceeds("r", HIGH_RANK)) {
            warnings.add("lora.r is above " + HIGH_RANK + ", which is unusually high");
        }
        lora.requirePositiveNumber("alpha", "lora.alpha");
        lora.value("target_modules").ifPresent(modules -> checkModules(modules, model, warnings));
    }

    private static void checkModules(JsonNode modules, ModelName model, List<String> warnings) {
        if (!modules.isArray() || modules.isEmpty()) {
            throw Refusal.invalid("lora.target_modules must be a non-empty list");
        }
        if (model.loraModules().isEmpty()) {
            warnings.add(
                    "the architecture of " + model.value() + " is unknown; assuming LoRA modules " + USUAL_MODULES);
        }
        List<String> expected = model.loraModules().orElse(USUAL_MODULES);
        ArrayNode wrong = JsonNodeFactory.instance.arrayNode();
        StreamSupport.stream(modules.spliterator(), false)
                .filter(module -> !module.isString() || !expected.contains(module.stringValue()))
                .forEach(wrong::add);
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(text(wrong, modules, model, expected));
        }
    }

    private static String text(JsonNode wrong, JsonNode given, ModelName model, List<String> expected) {
        return "Invalid LoRA target_modules " + PythonText.repr(wrong) + " for model '" + model.value() + "'."
                + " Expected modules for this architecture: " + PythonText.list(expected) + "."
                + " You provided: " + PythonText.repr(given);
    }
}
