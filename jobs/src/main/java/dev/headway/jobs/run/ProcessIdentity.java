package dev.headway.jobs.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which process, in a way that no other process ever shares. Immutable.
 *
 * @param pid the process id
 * @param start when it began, in clock ticks since the boot
 * @param boot which boot of the machine, as text
 */
record ProcessIdentity(long pid, long start, String boot) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\S+)");

    static Optional<ProcessIdentity> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new ProcessIdentity(
                        Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return pid + " " + start + " " + boot;
    }
}
