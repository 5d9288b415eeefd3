package dev.headway.jobs.workspace;

/**
 * How the directories and files of the workspace are called. Immutable.
 *
 * @param configsDirectory holds the trainers' configs
 * @param logsDirectory holds the trainers' logs, outputs and data sets
 * @param progressFile is written by a trainer into its output directory
 * @param trainerStateFile is written by a trainer into each checkpoint
 */
public record FileNames(String configsDirectory, String logsDirectory, String progressFile, String trainerStateFile) {
    /** The names that existing clients and trainers know. */
    public static final FileNames DEFAULT = new FileNames("configs", "logs", "progress.json", "trainer_state.json");

    /** Accepts single path segments only. */
    public FileNames {
        Segment.require("CONFIG_DIR_NAME", configsDirectory);
        Segment.require("LOGS_DIR_NAME", logsDirectory);
        Segment.require("PROGRESS_FILENAME", progressFile);
        Segment.require("TRAINER_STATE_FILENAME", trainerStateFile);
    }
}
