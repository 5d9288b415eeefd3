package dev.headway.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.runner.options.TimeValue;

/** Everything, part by part, each printed as soon as it is measured. Runs in one thread. */
final class FullRun {

    private static final Jmh JMH = new Jmh(5, 5, TimeValue.seconds(1), "2g");
    private static final Jmh SWEEP_JMH = new Jmh(2, 3, TimeValue.seconds(1), "8g");
    private static final List<String> SWEPT = List.of(
            "headway-sliding-window",
            "headway-sliding-window-by-number",
            "headway-token-bucket",
            "bucket4j",
            "guava",
            "naive-log",
            "map-get-clock-read");
    private static final List<Integer> SWEPT_KEYS = List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000);
    private static final List<String> HELD = List.of(
            "headway-sliding-window",
            "headway-sliding-window-by-number",
            "headway-token-bucket",
            "bucket4j",
            "bucket4j-caffeine",
            "resilience4j",
            "guava",
            "failsafe",
            "naive-log",
            "map-get");
    private static final Path PLOT = Path.of("var", "bench", "limiter-keys.svg");

    private final PrintStream out;
    private final Set<Part> parts;
    private final List<String> entrants;

    FullRun(PrintStream out, LimiterOptions options) {
        this.out = out;
        this.parts = options.parts();
        this.entrants = options.entrants();
    }

    void run(String command) {
        out.print(Machine.describe(command));
        if (parts.contains(Part.HOT_KEY)) {
            out.print(hotKey().print());
        }
        if (parts.contains(Part.MANY_KEYS)) {
            out.print(manyKeys(1).print());
            out.print(manyKeys(2).print());
        }
        if (parts.contains(Part.HEAP)) {
            out.print(heap().print());
        }
        if (parts.contains(Part.SWEEP)) {
            out.print(sweep().print());
            out.println(System.lineSeparator() + "plot     " + PLOT.toAbsolutePath());
        }
    }

    private Table hotKey() {
        Table table = new Table(
                "One hot key, no look-up but ours (without a hash): ns per decision in each thread (ratio to bucket4j), bytes allocated",
                "bucket4j",
                List.of("refused, 1 thread", "refused, 2 threads", "admitted, 1 thread", "admitted, 2 threads"));
        for (Outcome outcome : List.of(Outcome.REFUSED, Outcome.ADMITTED)) {
            for (int threads = 1; threads <= 2; threads++) {
                for (String contender : withoutMaps()) {
                    Map<String, String> parameters = Map.of("entrant", contender, "outcome", outcome.name());
                    add(table, contender, tell("hot key", threads, parameters, HotKey.class, JMH));
                }
            }
        }
        return table;
    }

    private List<String> withoutMaps() {
        return entrants.stream()
                .filter(contender -> !contender.startsWith("map-get"))
                .toList();
    }

    private Table manyKeys(int threads) {
        Table table = new Table(
                "100,000 keys, " + threads
                        + " thread(s): ns per decision in each thread (ratio to bucket4j), bytes allocated",
                "bucket4j",
                List.of("uniform, refused", "uniform, admitted", "Zipf, refused", "Zipf, admitted"));
        for (Popularity popularity : Popularity.values()) {
            for (Outcome outcome : Outcome.values()) {
                for (String contender : entrants) {
                    Map<String, String> parameters =
                            Map.of("entrant", contender, "popularity", popularity.name(), "outcome", outcome.name());
                    add(table, contender, tell("100,000 keys", threads, parameters, ManyKeys.class, JMH));
                }
            }
        }
        return table;
    }

    private Table heap() {
        Table table = new Table(
                "Heap per key at 1,000,000 keys, 10 per hour, key texts not counted: bytes (ratio to bucket4j)",
                "bucket4j",
                List.of("after 1 request", "after 10"));
        for (int requests : List.of(1, 10)) {
            for (String contender : among(HELD)) {
                double bytes = HeapPerKey.measure(contender, requests);
                System.err.printf(Locale.ROOT, "headway bench: heap, %s, %d: %.1f B%n", contender, requests, bytes);
                table.add(contender, bytes, "");
            }
        }
        return table;
    }

    private Table sweep() {
        Table table = new Table(
                "A refusal by number of keys, uniform, 1 thread: ns per decision (ratio to bucket4j)",
                "bucket4j",
                SWEPT_KEYS.stream()
                        .map(keys -> String.format(Locale.ROOT, "%,d", keys))
                        .toList());
        Plot plot = new Plot("A refusal by number of keys, uniform, one thread", "keys", "ns per decision");
        for (int keys : SWEPT_KEYS) {
            for (String contender : among(SWEPT)) {
                Map<String, String> parameters = Map.of("entrant", contender, "keys", String.valueOf(keys));
                Timing timing = tell("sweep", 1, parameters, ManyKeys.class, SWEEP_JMH);
                table.add(contender, timing.nanos(), "");
                plot.add(contender, keys, timing.nanos());
            }
        }
        write(plot);
        return table;
    }

    private List<String> among(List<String> usual) {
        return usual.stream().filter(entrants::contains).toList();
    }

    private static Timing tell(String part, int threads, Map<String, String> parameters, Class<?> benchmark, Jmh jmh) {
        Timing timing = jmh.measure(benchmark, threads, parameters);
        System.err.printf(
                Locale.ROOT,
                "headway bench: %s, %d thread(s), %s: %.1f ns, %.0f B%n",
                part,
                threads,
                parameters,
                timing.nanos(),
                timing.bytes());
        return timing;
    }

    private static void add(Table table, String contender, Timing timing) {
        table.add(contender, timing.nanos(), String.format(Locale.ROOT, ", %.0f B", timing.bytes()));
    }

    private static void write(Plot plot) {
        try {
            Files.createDirectories(PLOT.toAbsolutePath().getParent());
            Files.writeString(PLOT, plot.svg());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the plot to " + PLOT, e);
        }
    }
}
