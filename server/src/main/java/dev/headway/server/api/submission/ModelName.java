package dev.headway.server.api.submission;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The name of a model and what it tells about its architecture; an immutable value.
 *
 * @param value the name as the client wrote it
 */
record ModelName(String value) {
    private static final List<String> WITHOUT_CHAT_TEMPLATE = List.of("gpt2", "gpt-neo", "gpt-j");

    private static final List<Architecture> ARCHITECTURES = List.of(
            new Architecture("gpt2", "c_attn", "c_proj"),
            new Architecture("gpt-neo", "c_attn", "c_proj"),
            new Architecture("gpt-j", "q_proj", "v_proj"),
            new Architecture("llama", "q_proj", "v_proj", "k_proj", "o_proj", "gate_proj", "up_proj", "down_proj"),
            new Architecture("mistral", "q_proj", "v_proj", "k_proj", "o_proj", "gate_proj", "up_proj", "down_proj"),
            new Architecture("phi", "q_proj", "v_proj", "k_proj", "dense"),
            new Architecture("qwen3", "q_proj", "v_proj", "k_proj", "o_proj"),
            new Architecture("qwen2", "c_attn", "c_proj"),
            new Architecture("qwen", "c_attn", "c_proj"));

    /** An architecture, known by a part of its models' names, and its modules that LoRA can adapt. */
    private record Architecture(String mark, List<String> modules) {
        Architecture(String mark, String... modules) {
            this(mark, List.of(modules));
        }
    }

    boolean hasChatTemplate() {
        return WITHOUT_CHAT_TEMPLATE.stream().noneMatch(lastPart()::contains);
    }

    /** Finds the modules that LoRA can adapt, by the first architecture whose mark is in the last part of the name. */
    Optional<List<String>> loraModules() {
        return architectures()
                .filter(architecture -> lastPart().contains(architecture.mark()))
                .map(Architecture::modules)
                .findFirst();
    }

    private static Stream<Architecture> architectures() {
        return ARCHITECTURES.stream();
    }

    private String lastPart() {
        return value.substring(value.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
