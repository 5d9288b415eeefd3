package dev.headway.trainer.data;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.text.SpecialToken;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Turns one element of a data set into a row of tokens. Three forms are understood:
 *
 * <pre>
 * {"text": T}                      &lt;s&gt;T&lt;/s&gt;              all learnt
 * {"prompt": P, "response": R}     &lt;s&gt;PR&lt;/s&gt;             learnt: R&lt;/s&gt;    ("completion" may stand for "response")
 * {"messages": [{"role","content"}, …]}                 learnt: what the assistant says, with its end
 * </pre>
 *
 * <p>With {@link Method#CPT} every token of every form is learnt. Stateless; threads may share it.
 */
final class ExampleParser {
    private final boolean learnsAll;

    ExampleParser(Method method) {
        this.learnsAll = method == Method.CPT;
    }

    /** Returns the row; throws {@link IllegalArgumentException} that says what is wrong with the element. */
    Example parse(JsonNode element) {
        if (!element.isObject()) throw new IllegalArgumentException("is not a JSON object");
        if (element.has("messages")) return conversation(element.get("messages"));
        if (element.has("prompt")) return answered(text(element, "prompt"), answer(element));
        if (element.has("text")) return plain(text(element, "text"));
        throw new IllegalArgumentException(
                "has none of: messages, text, prompt with response; found keys: " + element.propertyNames());
    }

    private static Example plain(String text) {
        return new Example.Builder()
                .add(SpecialToken.BEGIN, true)
                .add(text, true)
                .add(SpecialToken.END, true)
                .build();
    }

    /** Returns a prompt with what is to be answered. */
    Example answered(String prompt, String answer) {
        return new Example.Builder()
                .add(SpecialToken.BEGIN, learnsAll)
                .add(prompt, learnsAll)
                .add(answer, true)
                .add(SpecialToken.END, true)
                .build();
    }

    private static String answer(JsonNode element) {
        if (element.has("response")) return text(element, "response");
        if (element.has("completion")) return text(element, "completion");
        throw new IllegalArgumentException("has a prompt but no response; found keys: " + element.propertyNames());
    }

    /** Returns a list of messages as a row. */
    Example conversation(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty())
            throw new IllegalArgumentException("has messages that are not a non-empty list");
        Example.Builder row = new Example.Builder().add(SpecialToken.BEGIN, learnsAll);
        for (JsonNode message : messages) add(row, message);
        return row.build();
    }

    private void add(Example.Builder row, JsonNode message) {
        SpecialToken role = role(message);
        boolean isLearnt = learnsAll || role == SpecialToken.ASSISTANT;
        row.add(role, learnsAll).add(text(message, "content"), isLearnt).add(SpecialToken.END, isLearnt);
    }

    private static SpecialToken role(JsonNode message) {
        String name = text(message, "role");
        Optional<SpecialToken> role = SpecialToken.ofRole(name);
        return role.orElseThrow(() -> new IllegalArgumentException(
                "has a message of the role \"" + name + "\"; accepted are system, user, assistant"));
    }

    private static String text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isString()) throw new IllegalArgumentException("has no text under \"" + key + "\"");
        return value.stringValue();
    }
}
