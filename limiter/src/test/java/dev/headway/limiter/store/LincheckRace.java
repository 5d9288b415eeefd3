package dev.headway.limiter.store;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * What the tests that hunt races have in common: the operations that every race is run with. Safe to share between threads.
 *
 * <p>A subclass names the interleaving that it forbids and tells the {@link Script} in which that could happen; many interleavings of
 * it are tried, and some of random scripts beside.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "wanted", gen = IntGen.class, conf = "1:2")
public abstract class LincheckRace {
    private final LincheckedLimiter limiter;

    LincheckRace(LincheckedLimiter limiter) {
        this.limiter = limiter;
    }

    final LincheckedLimiter limiter() {
        return limiter;
    }

    /** One request. */
    @Operation
    public String acquire(@Param(name = "key") int key, @Param(name = "wanted") int wanted) {
        return limiter.acquire(key, wanted);
    }

    /** A second passes. */
    @Operation
    public void advance() {
        limiter.advance();
    }

    /** Begins the script of a race of the class, which answers must be explained by the naive limiter. */
    static Script script(Class<? extends LincheckRace> race, Class<? extends NaiveLimiter> naive) {
        return new Script(race, naive);
    }

    /** Who does what: one thread first, and then several at once. Not for sharing between threads. */
    static final class Script {
        private final Class<? extends LincheckRace> race;
        private final Class<? extends NaiveLimiter> naive;
        private final List<Actor> before = new ArrayList<>();
        private final List<List<Actor>> threads = new ArrayList<>();

        private Script(Class<? extends LincheckRace> race, Class<? extends NaiveLimiter> naive) {
            this.race = race;
            this.naive = naive;
        }

        /** Something is done before the race begins. */
        Script before(String operation, Object... arguments) {
            before.add(actor(operation, arguments));
            return this;
        }

        /** One more thread takes part, and begins with this. */
        Script thread(String operation, Object... arguments) {
            threads.add(new ArrayList<>());
            return then(operation, arguments);
        }

        /** The thread that was named last goes on with this. */
        Script then(String operation, Object... arguments) {
            threads.get(threads.size() - 1).add(actor(operation, arguments));
            return this;
        }

        /** Runs the race, and a few random ones of the same operations; fails if an answer cannot be explained, or if there is none. */
        void check() {
            check(LincheckedLimiter.options());
        }

        /** Runs the race and no other: where random races are run beside another script, or would take long. */
        void checkAlone() {
            check(LincheckedLimiter.options().iterations(0));
        }

        private void check(ModelCheckingOptions options) {
            options.addCustomScenario(new ExecutionScenario(before, threads, List.of(), null))
                    .sequentialSpecification(naive)
                    .check(race);
        }

        private Actor actor(String operation, Object... arguments) {
            Method method = Arrays.stream(race.getMethods())
                    .filter(candidate -> candidate.getName().equals(operation))
                    .findFirst()
                    .orElseThrow();
            return new Actor(method, List.of(arguments));
        }
    }
}
