package dev.headway.benchmarks.redis;

import dev.headway.benchmarks.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What has been measured so far, and what is printed of it. For one thread. */
final class Results {

    /** The keys of the summary, also of those that were not measured. */
    private static final List<String> SUMMARY = List.of(
            "headway-admit",
            "headway-refuse",
            "bucket4j-admit",
            "bucket4j-refuse",
            "redis-benchmark-admit",
            "redis-benchmark-refuse",
            "get",
            "naive-admit",
            "naive-refuse");

    private static final List<Target> TARGETS = List.of(
            new Target("headway-admit", "bucket4j-admit", 1.8),
            new Target("headway-admit", "redis-benchmark-admit", 0.85),
            new Target("headway-refuse", "bucket4j-refuse", 10));

    private final Map<String, Map<String, List<Double>>> rates = new LinkedHashMap<>();

    private record Target(String ours, String theirs, double least) {}

    /** The name of a figure in the summary: {@code bucket4j-admit}; a GET admits nothing. */
    static String name(String entrant, Workload workload) {
        return entrant.equals("get") ? entrant : entrant + "-" + workload.word();
    }

    void add(String name, String form, double perSecond) {
        rates.computeIfAbsent(name, absent -> new LinkedHashMap<>())
                .computeIfAbsent(form, absent -> new ArrayList<>())
                .add(perSecond);
    }

    /** The median of the form in which it is fastest. */
    Optional<Double> best(String name) {
        return medians(name).values().stream().max(Double::compare);
    }

    private Map<String, Double> medians(String name) {
        Map<String, Double> medians = new LinkedHashMap<>();
        rates.getOrDefault(name, Map.of()).forEach((form, measured) -> medians.put(form, median(measured)));
        return medians;
    }

    private static double median(List<Double> measured) {
        List<Double> sorted = measured.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    String table() {
        StringBuilder text = new StringBuilder();
        for (Workload workload : Workload.values()) {
            Table table = new Table(
                    "16 callers, " + workload.keys() + " keys, " + workload.limit()
                            + ": decisions per second (ratio to bucket4j)",
                    Results.name("bucket4j", workload),
                    List.of("per second"));
            SUMMARY.stream()
                    .filter(name ->
                            name.endsWith(workload.word()) || (workload == Workload.ADMIT && name.equals("get")))
                    .filter(rates::containsKey)
                    .forEach(name -> table.add(name, best(name).orElseThrow(), forms(name)));
            text.append(table.print());
        }
        return text.toString();
    }

    private String forms(String name) {
        return medians(name).entrySet().stream()
                .map(form -> String.format(Locale.ROOT, ", %s %.0f", form.getKey(), form.getValue()))
                .collect(Collectors.joining());
    }

    /** How the ratios stand to what they should be. */
    String verdicts() {
        return TARGETS.stream().map(this::verdict).collect(Collectors.joining("", System.lineSeparator(), ""));
    }

    private String verdict(Target target) {
        Optional<Double> ours = best(target.ours());
        Optional<Double> theirs = best(target.theirs());
        if (ours.isEmpty() || theirs.isEmpty()) {
            return target.ours() + " / " + target.theirs() + ": not measured" + System.lineSeparator();
        }
        double ratio = ours.get() / theirs.get();
        return String.format(
                Locale.ROOT,
                "%s / %s: %.2f, at least %.2f wanted: %s%n",
                target.ours(),
                target.theirs(),
                ratio,
                target.least(),
                ratio >= target.least() ? "met" : "missed");
    }

    /** The best medians by their names, and null for what was not measured. */
    String json() {
        return SUMMARY.stream()
                .map(name -> "\"" + name + "\":"
                        + best(name)
                                .map(rate -> String.format(Locale.ROOT, "%.0f", rate))
                                .orElse("null"))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
