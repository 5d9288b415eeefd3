package dev.headway.jobs.job;

/** Says that the engine tried a move that the table of {@link JobState} does not have: a defect, never a user's fault. */
public final class IllegalMove extends JobsException {
    private static final long serialVersionUID = 1L;

    IllegalMove(JobId id, JobState from, JobState to) {
        super("job " + id + " cannot move from " + from + " to " + to);
    }
}
