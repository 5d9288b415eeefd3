package dev.headway.server.caller;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes header fields apart into the hops they list, from client to nearest proxy; stateless. */
final class HopList {
    /** Stands for an element that names nobody; no address is written like this. */
    private static final String NOBODY = "";

    private HopList() {}

    /** Returns the elements of comma-separated fields, empty ones left out as RFC 9110 has it. */
    static List<String> ofCommaSeparated(List<String> values) {
        List<String> hops = new ArrayList<>();
        for (String value : values) {
            for (String element : value.split(",", -1)) {
                if (!element.isBlank()) {
                    hops.add(element.strip());
                }
            }
        }
        return hops;
    }

    /** Returns the {@code for} of each element of RFC 7239 fields, unquoted; empty for an element without one. */
    static List<String> ofForwarded(List<String> values) {
        List<String> hops = new ArrayList<>();
        for (String value : values) {
            for (String element : split(value, ',')) {
                if (!element.isBlank()) {
                    hops.add(forOf(element));
                }
            }
        }
        return hops;
    }

    private static String forOf(String element) {
        for (String pair : split(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("for")) {
                return unquoted(pair.substring(equals + 1).strip());
            }
        }
        return NOBODY;
    }

    /** Splits at a separator that does not stand inside a quoted string. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (quoted && letter == '\\') {
                index++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == separator && !quoted) {
                parts.add(text.substring(start, index));
                start = index + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }
}
