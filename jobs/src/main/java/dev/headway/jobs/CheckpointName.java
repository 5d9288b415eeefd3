package dev.headway.jobs;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a checkpoint's directory says. Immutable.
 *
 * @param text the name
 * @param step the step in it
 * @param epoch the epoch in it, if there is one
 * @param suffix what follows the step: nothing, or an underscore and a word
 */
record CheckpointName(String text, long step, OptionalDouble epoch, String suffix) {
    private static final Pattern BY_STEP = Pattern.compile("checkpoint-(\\d{1,18})(_\\w+)?");
    private static final Pattern BY_EPOCH = Pattern.compile("checkpoint-epoch-(\\d{1,9})-step-(\\d{1,18})(_\\w+)?");

    static Optional<CheckpointName> parse(String text) {
        Matcher byStep = BY_STEP.matcher(text);
        if (byStep.matches()) {
            String suffix = text.substring(byStep.end(1));
            return Optional.of(
                    new CheckpointName(text, Long.parseLong(byStep.group(1)), OptionalDouble.empty(), suffix));
        }
        Matcher byEpoch = BY_EPOCH.matcher(text);
        if (byEpoch.matches()) {
            OptionalDouble epoch = OptionalDouble.of(Integer.parseInt(byEpoch.group(1)));
            String suffix = text.substring(byEpoch.end(2));
            return Optional.of(new CheckpointName(text, Long.parseLong(byEpoch.group(2)), epoch, suffix));
        }
        return Optional.empty();
    }

    /** Returns whether nothing follows the step. */
    boolean isPlain() {
        return suffix.isEmpty();
    }

    /** Returns whether clients are shown it; jobs can go on from others too (contract B1.6, B1.14). */
    boolean isShown() {
        return isPlain() || suffix.equals("_merged");
    }
}
