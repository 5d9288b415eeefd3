package dev.headway.server.api.submission;

import java.util.List;

/**
 * What the server itself reads from a config that has passed the rules; an immutable value.
 *
 * @param model the name of the model, as the client wrote it
 * @param method the training method, in lower case
 * @param warnings what is odd about the config, for the log
 */
public record CheckedConfig(String model, String method, List<String> warnings) {
    /** Copies the warnings. */
    public CheckedConfig {
        warnings = List.copyOf(warnings);
    }
}
