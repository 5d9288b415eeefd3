package dev.headway.benchmarks;

import dev.headway.benchmarks.contender.Entrants;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.options.TimeValue;

/** Refusals over 100,000 keys that are asked for equally often, in two rounds of a few seconds each. Runs in one thread. */
final class QuickRun {

    /** Our limiter as servers ask it, by the number that an address is. It is shown, and no part of the summary. */
    private static final String BY_NUMBER = "headway-sliding-window-by-number";

    private static final List<String> CONTENDERS = List.of(
            "headway-sliding-window",
            BY_NUMBER,
            "headway-token-bucket",
            "bucket4j",
            "resilience4j",
            "guava",
            "naive-log",
            "map-get");
    private static final int ROUNDS = 2;
    private static final Jmh JMH = new Jmh(4, 5, TimeValue.milliseconds(500), "2g");

    private final PrintStream out;

    QuickRun(PrintStream out) {
        this.out = out;
    }

    void run(String command) {
        Map<String, List<Timing>> timings = measure();
        Table table = new Table(
                "A refusal, 100,000 keys, uniform, 1 thread: ns per decision (ratio to bucket4j), bytes allocated",
                "bucket4j",
                List.of("ns"));
        Map<String, Double> medians = new LinkedHashMap<>();
        timings.forEach((contender, rounds) -> {
            double nanos = Jmh.median(rounds.stream().map(Timing::nanos).toList());
            double bytes = Jmh.median(rounds.stream().map(Timing::bytes).toList());
            table.add(contender, nanos, String.format(Locale.ROOT, ", %.0f B", bytes));
            if (!contender.equals(BY_NUMBER)) {
                medians.put(contender, nanos);
            }
        });
        out.print(Machine.describe(command));
        out.println(table.print());
        out.println(json(medians));
    }

    /** Round by round, so that a busy moment of the machine meets all contenders alike. */
    private static Map<String, List<Timing>> measure() {
        List<String> contenders = new ArrayList<>(CONTENDERS);
        contenders.retainAll(Entrants.ids());
        Map<String, List<Timing>> timings = new LinkedHashMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            for (String contender : contenders) {
                System.err.println("headway bench: round " + round + " of " + ROUNDS + ", " + contender);
                timings.computeIfAbsent(contender, absent -> new ArrayList<>())
                        .add(JMH.measure(ManyKeys.class, 1, Map.of("entrant", contender)));
            }
        }
        return timings;
    }

    static String json(Map<String, Double> medians) {
        return medians.entrySet().stream()
                .map(median -> String.format(Locale.ROOT, "\"%s\":%.1f", median.getKey(), median.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
