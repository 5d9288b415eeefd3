package dev.headway.jobs.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line with placeholders such as {@code {config}} in it. Immutable.
 *
 * <p>The line is cut into words here and never given to a shell. Blanks separate words; {@code '…'} keeps everything in
 * it, {@code "…"} too but for a backslash before {@code "} or {@code \}; a backslash elsewhere keeps the next character.
 * The placeholders are filled in after the cutting, so a path with blanks stays one word. Nothing else is special:
 * for pipes or variables write {@code sh -c '…'}.
 */
final class CommandTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    private final String text;
    private final List<String> words;

    private CommandTemplate(String text, List<String> words) {
        this.text = text;
        this.words = words;
    }

    /** Reads a line; throws {@link IllegalArgumentException} if it is empty, a quote is open, or a placeholder unknown. */
    static CommandTemplate parse(String line, Set<String> placeholders) {
        return of(line, new WordCutter(line).cut(), placeholders);
    }

    /** Takes words that are already apart; placeholders work in them as well. */
    static CommandTemplate ofWords(List<String> words, Set<String> placeholders) {
        return of(String.join(" ", words), words, placeholders);
    }

    private static CommandTemplate of(String text, List<String> words, Set<String> placeholders) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        words.forEach(word -> requireKnown(word, placeholders));
        return new CommandTemplate(text, List.copyOf(words));
    }

    private static void requireKnown(String word, Set<String> placeholders) {
        Matcher matcher = PLACEHOLDER.matcher(word);
        while (matcher.find()) {
            if (!placeholders.contains(matcher.group(1))) {
                throw new IllegalArgumentException("unknown placeholder {" + matcher.group(1) + "}");
            }
        }
    }

    /** Fills the placeholders in, each at once: what is filled in is not looked at again. */
    List<String> words(Map<String, String> values) {
        return words.stream().map(word -> filled(word, values)).toList();
    }

    private static String filled(String word, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(word)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    @Override
    public String toString() {
        return text;
    }
}
