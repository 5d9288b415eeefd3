package dev.headway.jobs.run;

import dev.headway.jobs.job.JobsException;

/** Says that a text is not a usable trainer command. */
public final class InvalidTrainerCommand extends JobsException {
    private static final long serialVersionUID = 1L;

    InvalidTrainerCommand(String template, String problem) {
        super("TRAINER_COMMAND '" + template + "': " + problem
                + "; accepted is a program with arguments, in which {config} and {job_id} are filled in");
    }
}
