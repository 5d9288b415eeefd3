package dev.headway.benchmarks.redis;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * All that is asked of one Redis, round by round, so that a busy moment of the machine meets all alike. For one thread.
 *
 * <p>Whoever can be asked by threads and asynchronously is measured in both ways; the better one is what its users would choose.
 */
public final class RedisRun {

    private static final String SUBJECT = "subject-of-the-seen-command";
    private static final double FEW_REFUSED = 0.99;

    private final OwnRedis redis;
    private final Pace pace;
    private final Results results = new Results();
    private boolean isCounted;

    private RedisRun(OwnRedis redis, Pace pace) {
        this.redis = redis;
        this.pace = pace;
    }

    /** Measures and prints, a summary in JSON last; throws {@link IllegalArgumentException} for words that mean nothing. */
    public static void run(PrintStream out, String heading, List<String> words) {
        boolean quick = words.equals(List.of("--quick"));
        if (!quick && !words.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + String.join(" ", words) + "\" means nothing behind bench redis; try --quick, or nothing");
        }
        try (OwnRedis redis = OwnRedis.start()) {
            RedisRun run = new RedisRun(redis, quick ? Pace.QUICK : Pace.FULL);
            out.print(heading);
            out.println("redis    " + redis.version());
            run.measureAll();
            out.print(run.results.table());
            out.print(run.results.verdicts());
            out.println(run.results.json());
        }
    }

    private void measureAll() {
        Optional<RedisBenchmark> benchmark = RedisBenchmark.find(redis.port());
        if (benchmark.isEmpty()) {
            tell("redis-benchmark is not on the PATH (Debian: redis-tools); it is left out");
        }
        for (int round = 0; round <= pace.rounds(); round++) {
            tell(round == 0 ? "a round that does not count" : "round " + round + " of " + pace.rounds());
            isCounted = round > 0;
            for (Workload workload : Workload.values()) {
                Entrant.all(redis.uri()).stream()
                        .filter(entrant -> entrant.workloads().contains(workload))
                        .forEach(entrant -> measure(entrant, workload));
                benchmark.ifPresent(program -> measure(program, workload));
            }
        }
    }

    private void measure(Entrant entrant, Workload workload) {
        for (Form form : Form.values()) {
            redis.empty();
            Rate rate;
            try (Asker asker = entrant.opener().apply(workload)) {
                spend(asker, workload);
                rate = Callers.measure(asker, workload.keys(), form, pace.warmUp(), pace.duration());
            }
            String name = Results.name(entrant.name(), workload);
            warnOf(name, workload, rate);
            note(name, form.word(), rate.perSecond());
        }
    }

    /** Takes all that there is, if refusals are to be measured. */
    private static void spend(Asker asker, Workload workload) {
        if (workload == Workload.REFUSE) {
            for (int permit = 0; permit < workload.permits(); permit++) {
                CompletableFuture.allOf(IntStream.range(0, workload.keys())
                                .mapToObj(key -> asker.tryAcquireAsync(key).toCompletableFuture())
                                .toArray(CompletableFuture<?>[]::new))
                        .join();
            }
        }
    }

    private static void warnOf(String name, Workload workload, Rate rate) {
        double wanted = workload == Workload.ADMIT ? rate.admitted() : 1 - rate.admitted();
        if (wanted < FEW_REFUSED) {
            tell(String.format(
                    Locale.ROOT, "%s: only %.1f %% of the answers were those to be measured", name, 100 * wanted));
        }
    }

    private void measure(RedisBenchmark benchmark, Workload workload) {
        SeenCommand command = ours(workload);
        redis.empty();
        if (workload == Workload.REFUSE) {
            benchmark.perSecond(command, 50 * workload.keys(), workload.keys());
        }
        String name = Results.name("redis-benchmark", workload);
        double perSecond = benchmark.perSecond(command, pace.benchmarkRequests(), workload.keys());
        note(name, "16 connections", perSecond);
    }

    private void note(String name, String form, double perSecond) {
        if (isCounted) {
            results.add(name, form, perSecond);
        }
        tell(String.format(Locale.ROOT, "%s, %s: %.0f per second", name, form, perSecond));
    }

    /** What our store sends for a decision, about keys at random. */
    private SeenCommand ours(Workload workload) {
        try (HeadwayAsker asker = new HeadwayAsker(redis.uri(), workload)) {
            return SeenCommand.during(redis.port(), "evalsha", () -> asker.decide(SUBJECT))
                    .with(SUBJECT, RedisBenchmark.RANDOM);
        }
    }

    private static void tell(String progress) {
        System.err.println("headway bench: " + progress);
    }
}
