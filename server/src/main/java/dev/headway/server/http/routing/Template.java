package dev.headway.server.http.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A path with named segments in braces, matched against raw paths; immutable, so threads may share it. */
public final class Template {
    private final String text;
    private final List<String> segments;

    Template(String text) {
        this.text = text;
        this.segments = List.of(text.substring(1).split("/", -1));
    }

    String text() {
        return text;
    }

    boolean isLiteral() {
        return segments.stream().noneMatch(Template::isName);
    }

    /** Returns whether a raw path has these segments, with something in place of each named one. */
    boolean matches(String path) {
        int start = 1;
        for (int index = 0; index < segments.size(); index++) {
            int end = endOfSegment(path, start);
            boolean last = index == segments.size() - 1;
            if (start > path.length()
                    || last != (end == path.length())
                    || !fits(segments.get(index), path, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Returns the raw segments of a path that matches, by their names. */
    Map<String, String> rawParameters(String path) {
        Map<String, String> parameters = new HashMap<>();
        int start = 1;
        for (String segment : segments) {
            int end = endOfSegment(path, start);
            if (isName(segment)) {
                parameters.put(segment.substring(1, segment.length() - 1), path.substring(start, end));
            }
            start = end + 1;
        }
        return parameters;
    }

    private static boolean fits(String segment, String path, int start, int end) {
        return isName(segment) ? end > start : segment.length() == end - start && path.startsWith(segment, start);
    }

    private static int endOfSegment(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}
