package dev.headway.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How long and in what Java machine JMH measures. Immutable.
 *
 * @param warmups iterations that are thrown away
 * @param iterations iterations that count
 * @param iteration how long one lasts
 * @param heap the heap of the measured process, such as {@code 2g}
 */
record Jmh(int warmups, int iterations, TimeValue iteration, String heap) {

    /** Runs one benchmark in a process of its own; throws {@link IllegalStateException} when it fails. */
    Timing measure(Class<?> benchmark, int threads, Map<String, String> parameters) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName() + "\\.")
                .threads(threads)
                .forks(1)
                .warmupIterations(warmups)
                .warmupTime(iteration)
                .measurementIterations(iterations)
                .measurementTime(iteration)
                .jvmArgs("-Xms" + heap, "-Xmx" + heap)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        try {
            return timing(new Runner(options.build()).run());
        } catch (RunnerException e) {
            throw new IllegalStateException(benchmark.getSimpleName() + " failed with " + parameters, e);
        }
    }

    private static Timing timing(Collection<RunResult> results) {
        List<Double> nanos = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (RunResult result : results) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    nanos.add(iteration.getPrimaryResult().getScore());
                    bytes.add(allocated(iteration));
                }
            }
        }
        return new Timing(median(nanos), median(bytes));
    }

    private static double allocated(IterationResult iteration) {
        Result<?> allocated = iteration.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated == null) {
            throw new IllegalStateException("JMH's GC profiler does not tell gc.alloc.rate.norm; it tells "
                    + iteration.getSecondaryResults().keySet());
        }
        return allocated.getScore();
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
