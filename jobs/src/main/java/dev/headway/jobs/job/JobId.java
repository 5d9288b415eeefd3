package dev.headway.jobs.job;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a job, safe as a single segment of a path and as a word of a command line. Immutable.
 *
 * @param text the name itself
 */
public record JobId(String text) implements Comparable<JobId> {
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** Accepts a valid name only. */
    public JobId {
        if (!ACCEPTED.matcher(text).matches()) {
            throw new InvalidJobId(text);
        }
    }

    /**
     * Reads a name that somebody gave.
     *
     * @param text the name
     * @return the name as a value
     * @throws InvalidJobId if the text cannot name a job
     */
    public static JobId parse(String text) {
        return new JobId(text);
    }

    /**
     * Makes up a name.
     *
     * @return a random UUID as a name
     */
    public static JobId random() {
        return new JobId(UUID.randomUUID().toString());
    }

    @Override
    public int compareTo(JobId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
