package dev.headway.server.http.routing;

import dev.headway.server.http.HttpProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decodes what a request line carries, once and strictly; stateless.
 *
 * <p>Raw paths are matched as they came. Only what a template names is decoded, and whatever would then have another
 * meaning as a path is refused, so that {@code %2e%2e%2f} can never reach a file system.
 */
public final class PathText {
    private PathText() {}

    /**
     * Returns a path segment decoded.
     *
     * @throws HttpProblem 400 when it is not percent-encoded UTF-8, or is no plain name once decoded
     */
    static String requireSegment(String raw) {
        String segment = decode(raw, false);
        if (segment.equals(".") || segment.equals("..") || hasPathCharacter(segment)) {
            throw HttpProblem.detail(
                    400,
                    "The path segment \"" + raw + "\" is not a plain name: \".\", \"..\", slashes and NUL are refused");
        }
        return segment;
    }

    /** Returns a path segment decoded, or as it came where it cannot be. */
    static String segmentOrRaw(String raw) {
        try {
            return decode(raw, false);
        } catch (HttpProblem undecodable) {
            return raw;
        }
    }

    /**
     * Returns the decoded parameters of a query, the last where a name comes twice.
     *
     * @throws HttpProblem 400 when it is not percent-encoded UTF-8
     */
    public static Map<String, String> requireQuery(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty()) {
                parameters.put(decode(name, true), equals < 0 ? "" : decode(pair.substring(equals + 1), true));
            }
        }
        return parameters;
    }

    private static boolean hasPathCharacter(String segment) {
        return segment.chars().anyMatch(letter -> letter == '/' || letter == '\\' || letter == 0);
    }

    private static String decode(String raw, boolean plusIsSpace) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int index = 0; index < raw.length(); index++) {
            char letter = raw.charAt(index);
            if (letter == '%') {
                bytes.put(octet(raw, index));
                index += 2;
            } else {
                bytes.put((byte) (plusIsSpace && letter == '+' ? ' ' : letter));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw undecodable(raw);
        }
    }

    private static byte octet(String raw, int percent) {
        int high = percent + 2 < raw.length() ? Character.digit(raw.charAt(percent + 1), 16) : -1;
        int low = percent + 2 < raw.length() ? Character.digit(raw.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw undecodable(raw);
        }
        return (byte) ((high << 4) | low);
    }

    private static HttpProblem undecodable(String raw) {
        return HttpProblem.detail(400, "\"" + raw + "\" is not percent-encoded UTF-8");
    }
}
