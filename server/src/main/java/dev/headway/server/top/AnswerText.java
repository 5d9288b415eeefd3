package dev.headway.server.top;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of an answer by HTTP/1.0 or 1.1, whole and not in chunks, taken apart. Stateless. */
final class AnswerText {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)retry-after:\\s*([0-9]+)\\s*");
    private static final String END_OF_HEAD = "\r\n\r\n";

    private AnswerText() {}

    /**
     * Takes an answer apart.
     *
     * @throws IOException when it is none
     */
    static Asking.Answer parse(String text) throws IOException {
        int end = text.indexOf(END_OF_HEAD);
        String head = end < 0 ? "" : text.substring(0, end);
        Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw new IOException("what it says is no HTTP");
        }
        return new Asking.Answer(
                Integer.parseInt(status.group(1)), retryAfter(head), text.substring(end + END_OF_HEAD.length()));
    }

    private static Optional<String> retryAfter(String head) {
        return head.lines()
                .map(RETRY_AFTER::matcher)
                .filter(Matcher::matches)
                .map(field -> field.group(1))
                .findFirst();
    }
}
