package dev.headway.benchmarks;

import dev.headway.benchmarks.redis.RedisRun;
import java.util.Arrays;
import java.util.List;

/** The program behind {@code ./headway bench}. Runs in one thread; JMH starts processes of its own. */
public final class Main {

    private static final String USAGE = """
            usage: headway bench limiter [--quick | [--only PART,...] [--entrants NAME,...]]
                   headway bench redis [--quick]

            limiter: measures the limiter beside Bucket4j, Resilience4j, Guava, Failsafe, a naive log and the bare map look-up.
              --quick      one scenario in under three minutes; the last line is a JSON object of medians in nanoseconds
              --only       some of the parts hot-key, many-keys, heap, sweep; all take about an hour
              --entrants   some of those that are compared, such as headway-sliding-window,bucket4j
            redis: measures decisions per second that 16 callers have of a Redis of the run's own, beside Bucket4j on Lettuce, a
            naive script, redis-benchmark on our own script, and a plain GET; about ten minutes.
              --quick      in under three minutes; in both cases the last line is a JSON object

            Use a quiet machine: trust the ratios within one run, not figures of different runs.
            """;

    private Main() {}

    /** Runs what the arguments ask for; exits with 2 and a sentence or the usage when they ask for nothing that there is. */
    public static void main(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        try {
            run(words);
        } catch (IllegalArgumentException e) {
            System.err.println("headway bench: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void run(List<String> words) {
        boolean asksForHelp = words.contains("--help") || words.contains("-h");
        if (asksForHelp || words.size() < 2 || !words.get(0).equals("bench")) {
            explain(asksForHelp);
        }
        List<String> options = words.subList(2, words.size());
        switch (words.get(1)) {
            case "limiter" -> runLimiter(options, commandLine(words));
            case "redis" -> RedisRun.run(System.out, Machine.describe(commandLine(words)), options);
            default -> explain(false);
        }
    }

    private static void runLimiter(List<String> words, String commandLine) {
        LimiterOptions options = LimiterOptions.parse(words);
        if (options.quick()) {
            new QuickRun(System.out).run(commandLine);
        } else {
            new FullRun(System.out, options).run(commandLine);
        }
    }

    private static void explain(boolean asked) {
        (asked ? System.out : System.err).print(USAGE);
        System.exit(asked ? 0 : 2);
    }

    private static String commandLine(List<String> words) {
        return "./headway " + String.join(" ", words);
    }
}
