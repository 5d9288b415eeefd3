package dev.headway.server.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in Prometheus's format, taken apart; immutable. */
public final class Exposition {
    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*\\})? (\\S+)");

    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Set<String> names = new TreeSet<>();

    private Exposition() {}

    /** Takes a text apart, and fails on a line that is none. */
    public static Exposition parse(String text) {
        Exposition exposition = new Exposition();
        text.lines().filter(line -> !line.startsWith("#")).forEach(exposition::add);
        return exposition;
    }

    /** Returns the value of a series, written as in the text: {@code up{job="a"}}. */
    public double value(String series) {
        Double value = values.get(series);
        if (value == null) {
            throw new AssertionError("no series " + series + " in " + values.keySet());
        }
        return value;
    }

    /** Returns all series, with their labels. */
    public Set<String> series() {
        return values.keySet();
    }

    /** Returns the names of all metrics. */
    public Set<String> names() {
        return names;
    }

    private void add(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AssertionError("not a line of the format: " + line);
        }
        String labels = parts.group(2) == null ? "" : parts.group(2);
        names.add(parts.group(1));
        values.put(parts.group(1) + labels, number(parts.group(3)));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
