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
 * @param isPlain whether nothing follows the step
 */
record CheckpointName(String text, long step, OptionalDouble epoch, boolean isPlain) {
    private static final Pattern BY_STEP = Pattern.compile("checkpoint-(\\d{1,18})(_\\w+)?");
    private static final Pattern BY_EPOCH = Pattern.compile("checkpoint-epoch-(\\d{1,9})-step-(\\d{1,18})(_\\w+)?");

    static Optional<CheckpointName> parse(String text) {
        Matcher byStep = BY_STEP.matcher(text);
        if (byStep.matches()) {
            return Optional.of(new CheckpointName(
                    text, Long.parseLong(byStep.group(1)), OptionalDouble.empty(), byStep.group(2) == null));
        }
        Matcher byEpoch = BY_EPOCH.matcher(text);
        if (byEpoch.matches()) {
            OptionalDouble epoch = OptionalDouble.of(Integer.parseInt(byEpoch.group(1)));
            return Optional.of(
                    new CheckpointName(text, Long.parseLong(byEpoch.group(2)), epoch, byEpoch.group(3) == null));
        }
        return Optional.empty();
    }
}
