package dev.headway.trainer.data;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.text.ByteTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Turns one element of a data set into a question. What {@link ExampleParser} takes is taken, and two keys more:
 *
 * <pre>
 * {"text": T, "label": L}          as {"prompt": T, "response": L}; likewise "prompt", and "messages", which the
 *                                  assistant then ends by saying L. L is a text, a number, true or false
 * {…, "choices": [L, M, …]}        the answers to choose from, the right one among them
 * </pre>
 *
 * <p>A label wins over a response. Stateless; threads may share it.
 */
final class QuestionParser {
    private static final String LABEL = "label";

    private final ExampleParser examples = new ExampleParser(Method.SFT);

    /** Returns the question; throws {@link IllegalArgumentException} that says what is wrong with the element. */
    Question parse(JsonNode element) {
        Example row = element.hasNonNull(LABEL) ? labelled(element) : examples.parse(element);
        Optional<String> answer = answer(element, row);
        return new Question(row, answer, choices(element, answer));
    }

    private Example labelled(JsonNode element) {
        String label = label(element.get(LABEL));
        if (element.get("messages") instanceof ArrayNode messages) return conversation(messages, label);
        String key = element.has("prompt") ? "prompt" : "text";
        if (!element.path(key).isString())
            throw new IllegalArgumentException(
                    "has a label but none of: text, prompt, messages; found keys: " + element.propertyNames());
        return examples.answered(element.path(key).stringValue(), label);
    }

    private Example conversation(ArrayNode messages, String label) {
        ArrayNode all = messages.deepCopy();
        all.addObject().put("role", "assistant").put("content", label);
        return examples.conversation(all);
    }

    private static Optional<String> answer(JsonNode element, Example row) {
        boolean isPlainText = !element.hasNonNull(LABEL) && !element.has("messages") && !element.has("prompt");
        if (isPlainText || !row.hasOneAnswer()) return Optional.empty();
        return Optional.of(ByteTokenizer.decode(row.tokens(row.answerStart(), row.length())));
    }

    private static List<String> choices(JsonNode element, Optional<String> answer) {
        if (!element.hasNonNull("choices")) return List.of();
        if (!element.get("choices").isArray()) throw new IllegalArgumentException("has choices that are not a list");
        List<String> choices = new ArrayList<>();
        element.get("choices").forEach(choice -> choices.add(label(choice)));
        if (answer.filter(choices::contains).isEmpty())
            throw new IllegalArgumentException("has choices without the right one among them");
        return choices;
    }

    private static String label(JsonNode value) {
        if (value.isString()) return value.stringValue();
        if (value.isNumber() || value.isBoolean()) return Json.compact(value);
        throw new IllegalArgumentException(
                "has the label " + Json.compact(value) + "; accepted are texts, numbers," + " true and false");
    }
}
