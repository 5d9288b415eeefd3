package dev.headway.server.api.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Python traceback; an immutable value.
 *
 * @param raw its lines
 * @param frames the calls, outermost first
 * @param exceptionType the exception, if the traceback is complete
 * @param exceptionMessage what the exception says
 */
record Traceback(String raw, List<Frame> frames, Optional<String> exceptionType, Optional<String> exceptionMessage) {
    private static final String START = "Traceback (most recent call last):";
    private static final Pattern FRAME = Pattern.compile("\\s+File \"(.*)\", line (\\d{1,9}), in (.*)");
    private static final Pattern EXCEPTION = Pattern.compile("([\\w.]+)(?:: (.*))?");

    /** Finds the last one in an output. */
    static Optional<Traceback> last(List<String> lines) {
        for (int index = lines.size() - 1; index >= 0; index--) {
            if (lines.get(index).equals(START)) {
                return Optional.of(parse(block(lines.subList(index, lines.size()))));
            }
        }
        return Optional.empty();
    }

    /** The frames are indented; the first line that is not ends the block and names the exception. */
    private static List<String> block(List<String> lines) {
        int end = 1;
        while (end < lines.size() && lines.get(end).startsWith(" ")) {
            end++;
        }
        return lines.subList(0, Math.min(lines.size(), end + 1));
    }

    private static Traceback parse(List<String> block) {
        Matcher exception = EXCEPTION.matcher(block.get(block.size() - 1));
        boolean named = block.size() > 1 && exception.matches();
        return new Traceback(
                String.join("\n", block),
                frames(block),
                named ? Optional.ofNullable(exception.group(1)) : Optional.empty(),
                named ? Optional.of(Optional.ofNullable(exception.group(2)).orElse("")) : Optional.empty());
    }

    private static List<Frame> frames(List<String> block) {
        List<Frame> frames = new ArrayList<>();
        for (int index = 1; index < block.size(); index++) {
            Matcher match = FRAME.matcher(block.get(index));
            if (match.matches()) {
                frames.add(new Frame(
                        match.group(1), Integer.parseInt(match.group(2)), match.group(3), code(block, index + 1)));
            }
        }
        return List.copyOf(frames);
    }

    private static String code(List<String> block, int index) {
        boolean isCode = index < block.size()
                && block.get(index).startsWith(" ")
                && !FRAME.matcher(block.get(index)).matches();
        return isCode ? block.get(index).strip() : "";
    }

    /** One call. */
    record Frame(String file, int line, String function, String code) {}
}
