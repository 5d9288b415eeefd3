package dev.headway.jobs.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment made for a trainer: a few variables of the server's, and what the trainer has to know. Stateless.
 *
 * <p>Everything else the server has, its secrets above all, stays with the server.
 */
final class TrainerEnvironment {
    /** The name of the attempt; with {@link #DIRECTORY} the mark by which processes of an attempt are known. */
    static final String ATTEMPT = "HW_ATTEMPT";

    /** Where the attempt keeps its files: two servers may well have jobs of one name. */
    static final String DIRECTORY = "HW_DIRECTORY";

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    private TrainerEnvironment() {}

    static Map<String, String> make(TrainerSettings settings, AttemptOrder order, Path directory) {
        Map<String, String> made = common(settings.serverEnvironment(), settings.passthrough(), settings.additions());
        made.put("JOB_ID", order.name().job().text());
        made.put("JOB_USER_ID", order.userId());
        made.put("JOB_TOKEN", order.token());
        made.put(ATTEMPT, order.name().toString());
        made.put("HW_ATTEMPT_NUMBER", Integer.toString(order.name().number()));
        made.put(DIRECTORY, directory.toString());
        made.values().removeIf(TrainerEnvironment::isUnusable);
        return made;
    }

    /** {@return what every program that works on models gets, whether for a job or not} */
    static Map<String, String> common(
            Map<String, String> serverEnvironment, Set<String> passthrough, Map<String, String> additions) {
        Map<String, String> made = new TreeMap<>();
        made.put("PATH", DEFAULT_PATH);
        made.put("PYTHONUNBUFFERED", "1");
        made.put("TOKENIZERS_PARALLELISM", "false");
        // Threads that wait by spinning starve each other as soon as two trainers share a machine.
        made.put("OMP_WAIT_POLICY", "PASSIVE");
        made.putAll(additions);
        serverEnvironment.forEach((name, value) -> {
            if (isHandedOn(name, passthrough)) {
                made.put(name, value);
            }
        });
        made.values().removeIf(TrainerEnvironment::isUnusable);
        return made;
    }

    private static boolean isUnusable(String value) {
        return value.indexOf('\0') >= 0;
    }

    private static boolean isHandedOn(String name, Set<String> passthrough) {
        return switch (name) {
            case "PATH", "HOME", "LANG", "CUDA_VISIBLE_DEVICES", "METRICS_API_URL" -> true;
            default -> name.startsWith("HF_") || passthrough.contains(name);
        };
    }
}
