package dev.headway.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file of {@code NAME=value} lines; stateless.
 *
 * <p>Empty lines and those that begin with {@code #} say nothing; {@code export} before a name is allowed. A bare value
 * ends at a {@code #} after a blank. Between single quotes every character stands for itself; between double quotes
 * {@code \n}, {@code \"} and {@code \\} are escapes. A value lies on one line.
 */
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)", Pattern.DOTALL);
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(#.*)?");
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

    private DotEnv() {}

    /** A value and the number of its line. */
    record Entry(String value, int line) {}

    /** Returns the entries by name, the last where a name comes twice; lines that are none become problems. */
    static Map<String, Entry> parse(String file, List<String> lines, Problems problems) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                parse(file, number, line, entries, problems);
            }
        }
        return entries;
    }

    private static void parse(String file, int number, String line, Map<String, Entry> entries, Problems problems) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            // The line is not shown: whatever went wrong with it, there may be a secret in it.
            problems.add(file + ", line " + number + ": not NAME=value, a comment or empty");
            return;
        }
        value(matcher.group(2))
                .ifPresentOrElse(
                        value -> entries.put(matcher.group(1), new Entry(value, number)),
                        () -> problems.add(file + ", line " + number + ": " + matcher.group(1)
                                + " begins with a quote that does not end on the line"));
    }

    private static Optional<String> value(String text) {
        if (text.startsWith("'")) {
            Matcher single = SINGLE.matcher(text);
            return single.matches() ? Optional.of(single.group(1)) : Optional.empty();
        }
        if (text.startsWith("\"")) {
            Matcher quoted = DOUBLE.matcher(text);
            return quoted.matches() ? Optional.of(unescaped(quoted.group(1))) : Optional.empty();
        }
        return Optional.of(COMMENT.matcher(text).replaceFirst("").strip());
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (letter == '\\') {
                index++;
                plain.append(text.charAt(index) == 'n' ? '\n' : text.charAt(index));
            } else {
                plain.append(letter);
            }
        }
        return plain.toString();
    }
}
