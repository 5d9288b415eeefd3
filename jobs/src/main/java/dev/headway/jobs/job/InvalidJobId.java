package dev.headway.jobs.job;

/** Says that a text cannot name a job. */
public final class InvalidJobId extends JobsException {
    private static final long serialVersionUID = 1L;

    InvalidJobId(String text) {
        super("Invalid execution_id '" + shorten(text) + "': must be 1 to 128 characters out of A-Z a-z 0-9 . _ -"
                + " and begin with a letter or digit");
    }

    private static String shorten(String text) {
        return text.length() <= 140 ? text : text.substring(0, 137) + "...";
    }
}
