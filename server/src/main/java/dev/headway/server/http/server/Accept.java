package dev.headway.server.http.server;

import java.util.Locale;

/** Reads what media types a client accepts, as far as refusals care; stateless. */
final class Accept {
    private Accept() {}

    /** Returns whether problem details are asked for by name, and not less than plain JSON. */
    static boolean prefersProblem(String accept) {
        if (!accept.toLowerCase(Locale.ROOT).contains("problem+json")) {
            return false;
        }
        double problem = weight(accept, "application/problem+json");
        return problem > 0 && problem >= weight(accept, "application/json");
    }

    private static double weight(String accept, String type) {
        for (String range : accept.split(",", -1)) {
            String[] parts = range.split(";", -1);
            if (parts[0].strip().equalsIgnoreCase(type)) {
                return quality(parts);
            }
        }
        return 0;
    }

    private static double quality(String[] parts) {
        for (int index = 1; index < parts.length; index++) {
            String parameter = parts[index].strip().toLowerCase(Locale.ROOT);
            if (parameter.matches("q=[01](\\.[0-9]{0,3})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }
}
