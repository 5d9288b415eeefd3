package dev.headway.trainer.failure;

import java.util.List;

/** The configuration cannot be trained from; carries every problem found, not only the first. */
public final class UnusableConfig extends TrainerFailure {
    private static final long serialVersionUID = 1L;

    /** Makes the failure from the problems found in the file at {@code where}; there must be at least one. */
    public UnusableConfig(String where, List<String> problems) {
        super("the configuration " + where + " cannot be used: " + String.join("; ", problems));
    }
}
