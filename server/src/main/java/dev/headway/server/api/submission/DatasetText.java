package dev.headway.server.api.submission;

import dev.headway.server.api.wire.JsonFault;
import dev.headway.server.api.wire.JsonFaults;
import dev.headway.server.api.wire.PythonText;
import dev.headway.server.http.HttpProblem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the text of a dataset into its examples; pure functions, safe for all threads.
 *
 * <p>The text is JSON Lines, one example a line. If any line is no JSON, the text as a whole is tried: an array of examples
 * or an object with the key {@code examples}. The same two are understood when they stand on a single line. Only the first
 * example is looked at: it shows which kind of dataset this is (contract B1.2).
 */
public final class DatasetText {
    private static final List<Set<String>> KINDS = List.of(
            Set.of("messages"), Set.of("text"), Set.of("prompt", "chosen", "rejected"), Set.of("prompt", "response"));

    private DatasetText() {}

    /**
     * Returns the examples in a text, one at least; they are read from the text again each time they are gone through.
     *
     * @throws HttpProblem with 400 and what is wrong with the dataset
     */
    public static Iterable<JsonNode> parse(String text) {
        Slices examples = examples(text.startsWith("\ufeff") ? text.substring(1) : text);
        if (examples.size() == 0) {
            throw Refusal.invalid("Dataset must be a non-empty list");
        }
        requireKnownKind(examples.get(0));
        return examples;
    }

    private static Slices examples(String text) {
        Slices lines = new Slices(text);
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int end = endOfLine(text, start);
            number++;
            if (!isBlank(text, start, end) && !lines.add(start, end)) {
                return whole(text, text.substring(start, end), number);
            }
            start = end + 1;
        }
        return lines.size() == 1 ? singleLine(text, lines) : lines;
    }

    private static int endOfLine(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    private static boolean isBlank(String text, int start, int end) {
        for (int index = start; index < end; index++) {
            if (!Character.isWhitespace(text.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    private static Slices whole(String text, String badLine, int lineNumber) {
        WholeText whole = WholeText.find(text).orElseThrow(() -> Refusal.invalid(broken(text, badLine, lineNumber)));
        return whole.examples()
                .orElseThrow(() -> Refusal.invalid("Dataset parsing error: Unexpected JSON structure: dict with keys "
                        + PythonText.list(whole.keys())));
    }

    /** A text in which one value follows another was meant to be JSON Lines, so the line to repair is named as well. */
    private static String broken(String text, String badLine, int lineNumber) {
        Optional<JsonFault> fault = JsonFaults.find(text);
        String sentence = "Invalid dataset format: " + sentence(fault);
        boolean isJsonLines =
                fault.filter(found -> found.message().equals("Extra data")).isPresent();
        return isJsonLines && lineNumber > 1
                ? sentence + "; line " + lineNumber + " alone: " + sentence(JsonFaults.find(badLine))
                : sentence;
    }

    private static String sentence(Optional<JsonFault> fault) {
        return fault.map(JsonFault::text).orElse("nested too deep or a number too long");
    }

    /** A line that holds a whole list of examples is taken for what it is. */
    private static Slices singleLine(String text, Slices line) {
        JsonNode value = line.get(0);
        boolean isWhole = value.isArray() || value.path("examples").isArray();
        return isWhole ? WholeText.find(text).flatMap(WholeText::examples).orElse(line) : line;
    }

    private static void requireKnownKind(JsonNode example) {
        Collection<String> keys = example.propertyNames();
        if (KINDS.stream().noneMatch(keys::containsAll)) {
            throw Refusal.invalid("Dataset examples must have one of: 'messages' field (SFT/chat), 'text' field"
                    + " (standard), 'prompt/chosen/rejected' (DPO/ORPO), or 'prompt/response' (RLHF)."
                    + " Found keys: " + PythonText.list(keys));
        }
    }
}
