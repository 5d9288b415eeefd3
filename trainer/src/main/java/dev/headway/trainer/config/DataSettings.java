package dev.headway.trainer.config;

import java.nio.file.Path;

/**
 * Which data set is learnt, and how much of it is held out; a value, any thread may hold it.
 *
 * @param dataset the file with the examples
 * @param evaluationShare the share held out for evaluation, from 0 to below 1
 */
public record DataSettings(Path dataset, double evaluationShare) {
    private static final String SHARE = "a number from 0 to below 1";

    static DataSettings read(Section root, Section data) {
        if (!root.has("dataset_path")) root.complainMissing("dataset_path");
        return new DataSettings(Path.of(root.text("dataset_path", ".")), share(root, data));
    }

    /**
     * The nearest statement wins: {@code data.eval_split}, then {@code data.train_split}, then the top level, which the
     * server fills in when the user did not.
     */
    private static double share(Section root, Section data) {
        double general = root.number("eval_split", 0, DataSettings::isShare, SHARE);
        double trained =
                data.number("train_split", 1 - general, share -> share > 0 && share <= 1, "a number > 0 and <= 1");
        return data.number("eval_split", data.has("train_split") ? 1 - trained : general, DataSettings::isShare, SHARE);
    }

    private static boolean isShare(double value) {
        return value >= 0 && value < 1;
    }
}
