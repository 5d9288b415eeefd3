package dev.headway.trainer;

import dev.headway.trainer.progress.RunLog;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the engine, before it is loaded, how to behave. It reads system properties once, at the first use.
 *
 * <p>For the main thread, before anything else.
 */
final class EngineSetup {
    private static final String PART = "setup";

    private final Map<String, String> environment;
    private final RunLog log;

    EngineSetup(Map<String, String> environment, RunLog log) {
        this.environment = environment;
        this.log = log;
    }

    /** Sets the properties and returns the number of threads that the engine will compute with. */
    int apply() {
        int threads = threads();
        System.setProperty("offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        cache().ifPresent(directory -> System.setProperty("jna.tmpdir", directory));
        if (threads > 1 && !"PASSIVE".equalsIgnoreCase(environment.getOrDefault("OMP_WAIT_POLICY", "")))
            log.warn(
                    PART,
                    "OMP_WAIT_POLICY is not PASSIVE: beside other busy programs the training may be many times"
                            + " slower");
        return threads;
    }

    private int threads() {
        int available = Runtime.getRuntime().availableProcessors();
        String wanted = environment.getOrDefault("TRAINER_THREADS", "").strip();
        if (wanted.isEmpty()) return available;
        if (wanted.matches("[1-9]\\d{0,3}")) return Integer.parseInt(wanted);
        log.warn(
                PART,
                "TRAINER_THREADS must be a whole number from 1 to 9999, got \"" + wanted + "\"; using " + available);
        return available;
    }

    private Optional<String> cache() {
        return Optional.ofNullable(environment.get("ENGINE_CACHE_DIR"))
                .or(() -> Optional.ofNullable(environment.get("DJL_CACHE_DIR")))
                .filter(directory -> !directory.isBlank());
    }
}
