package dev.headway.benchmarks;

import dev.headway.benchmarks.contender.Contender;
import dev.headway.benchmarks.contender.Entrants;
import dev.headway.benchmarks.contender.Quota;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decision on one of many keys, each of which was used before. JMH makes the threads that share it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ManyKeys {

    /** Its name in {@link Entrants}. */
    @Param("headway-sliding-window")
    public String entrant = "";

    /** How many keys there are. */
    @Param("100000")
    public int keys;

    /** How often which key is asked for. */
    @Param("UNIFORM")
    public Popularity popularity = Popularity.UNIFORM;

    /** What the decisions come to. */
    @Param("REFUSED")
    public Outcome outcome = Outcome.REFUSED;

    private Contender contender = Entrants.create("nano-time", new String[0], Quota.refusing());

    /** Uses every key until the quota of the refusing ones is spent. */
    @Setup
    public void prepare() {
        contender = Entrants.create(entrant, Addresses.texts(keys), outcome.manyKeys());
        int rounds = outcome == Outcome.REFUSED ? outcome.manyKeys().permits() : 1;
        for (int key = 0; key < keys; key++) {
            for (int round = 0; round < rounds; round++) {
                contender.tryAcquire(key);
            }
        }
    }

    /** What is measured. */
    @Benchmark
    public boolean decide(Requests requests) {
        return contender.tryAcquire(requests.next());
    }

    /** The keys that one thread asks for, drawn beforehand. */
    @State(Scope.Thread)
    public static class Requests {

        private static final int FEWEST = 1 << 20;
        private static final AtomicInteger SEEDS = new AtomicInteger();

        private int[] order = {};
        private int at;

        /** Draws at least twice as many requests as there are keys. */
        @Setup
        public void draw(ManyKeys benchmark) {
            int count = Math.max(FEWEST, Integer.highestOneBit(benchmark.keys) * 2);
            order = benchmark.popularity.draw(benchmark.keys, count, new Random(SEEDS.incrementAndGet()));
        }

        int next() {
            return order[at++ & (order.length - 1)];
        }
    }
}
