package dev.headway.trainer.config;

import java.util.Optional;

/**
 * When a run that no longer gets better ends; a value, any thread may hold it.
 *
 * @param patience evaluations in a row without improvement after which it ends
 * @param threshold by how much the evaluation loss must fall to count as improved
 */
public record EarlyStoppingSettings(int patience, double threshold) {
    private static final int MOST = 1_000_000;

    static Optional<EarlyStoppingSettings> read(Section training) {
        double threshold = training.number("early_stopping_threshold", 0, number -> number >= 0, "a number >= 0");
        long patience = training.whole(
                "early_stopping_patience",
                0,
                count -> count >= 0 && count <= MOST,
                "a whole number from 0 (off) to " + MOST);
        return patience == 0 ? Optional.empty() : Optional.of(new EarlyStoppingSettings((int) patience, threshold));
    }
}
