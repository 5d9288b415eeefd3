package dev.headway.benchmarks;

import dev.headway.benchmarks.contender.Entrants;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One decision on one key that everybody asks for. JMH makes the threads that share it.
 *
 * <p>Peers that have an object per key are asked through it, without a look-up; Headway has none, and looks up a key that it has hashed
 * once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotKey {

    /** Its name in {@link Entrants}. */
    @Param("headway-sliding-window")
    public String entrant = "";

    /** What the decisions come to. */
    @Param("REFUSED")
    public Outcome outcome = Outcome.REFUSED;

    private BooleanSupplier decision = () -> {
        throw new IllegalStateException("prepare() has not run");
    };

    /** Spends the quota of the refusing ones. */
    @Setup
    public void prepare() {
        decision =
                Entrants.create(entrant, Addresses.texts(1), outcome.oneKey()).direct(0);
        for (int request = 0; request < outcome.oneKey().permits(); request++) {
            var unused = decision.getAsBoolean();
        }
    }

    /** What is measured. */
    @Benchmark
    public boolean decide() {
        return decision.getAsBoolean();
    }
}
