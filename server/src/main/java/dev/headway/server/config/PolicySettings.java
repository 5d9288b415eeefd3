package dev.headway.server.config;

import dev.headway.server.policy.Fault;
import dev.headway.server.throttle.rules.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The rules that hold beside the limits of the environment variables; an immutable value.
 *
 * @param source the file that they are in (LIMITS_FILE); absent where there is none
 * @param policy the rules when it was read
 * @param warnings what looks wrong with them
 */
public record PolicySettings(Optional<Source> source, Policy policy, List<Fault> warnings) {
    static final PolicySettings NONE = new PolicySettings(Optional.empty(), Policy.NONE, List.of());

    /** Copies the warnings. */
    public PolicySettings {
        warnings = List.copyOf(warnings);
    }

    /**
     * A file of rules.
     *
     * @param file where it is
     * @param name how the operator calls it
     */
    public record Source(Path file, String name) {}
}
