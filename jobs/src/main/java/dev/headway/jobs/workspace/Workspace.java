package dev.headway.jobs.workspace;

import dev.headway.jobs.job.JobId;
import java.nio.file.Path;

/**
 * The data directory and where everything in it lies; the one place where names given by users become paths.
 * Immutable, for any number of threads.
 *
 * <pre>
 *  headway.db                                   jobs, metrics and the queue
 *  headway.lock                                 held by the server that uses this directory
 *  configs/job_ID.json                          what the trainer is told
 *  logs/job_ID.log                              what it prints
 *  logs/job_ID/                                 what it makes: progress.json, checkpoints, the model
 *  logs/datasets/job_ID/train_dataset.jsonl     what it learns from, if that came with the request
 *  attempts/job_ID/                             claims, stop orders and exit codes of its attempts
 * </pre>
 */
public final class Workspace {
    private final Path root;
    private final FileNames names;

    /**
     * Describes a data directory, which need not exist yet.
     *
     * @param dataDirectory the directory
     * @param names how things in it are called
     */
    public Workspace(Path dataDirectory, FileNames names) {
        this.root = dataDirectory.toAbsolutePath().normalize();
        this.names = names;
    }

    /** {@return the data directory, absolute} */
    public Path root() {
        return root;
    }

    /** {@return the database of an embedded store} */
    public Path database() {
        return root.resolve("headway.db");
    }

    /** {@return the file that is locked by the server that uses this directory} */
    public Path lockFile() {
        return root.resolve("headway.lock");
    }

    /** {@return the directory of configs} */
    public Path configs() {
        return root.resolve(names.configsDirectory());
    }

    /** {@return the directory of logs and outputs} */
    public Path logs() {
        return root.resolve(names.logsDirectory());
    }

    /**
     * Places a job's config.
     *
     * @param id the job
     * @return the file that its trainer reads
     */
    public Path config(JobId id) {
        return configs().resolve(directoryName(id) + ".json");
    }

    /**
     * Places a job's log.
     *
     * @param id the job
     * @return the file that its trainer prints to
     */
    public Path log(JobId id) {
        return logs().resolve(directoryName(id) + ".log");
    }

    /**
     * Places a job's output.
     *
     * @param id the job
     * @return the directory that its trainer writes into
     */
    public Path output(JobId id) {
        return logs().resolve(directoryName(id));
    }

    /**
     * Places a job's progress file.
     *
     * @param id the job
     * @return the file that its trainer keeps rewriting
     */
    public Path progress(JobId id) {
        return output(id).resolve(names.progressFile());
    }

    /**
     * Places a job's own data set.
     *
     * @param id the job
     * @return the file, in a directory that only this job has
     */
    public Path dataset(JobId id) {
        return logs().resolve("datasets").resolve(directoryName(id)).resolve("train_dataset.jsonl");
    }

    /** {@return the directory of what is known of attempts} */
    public Path attempts() {
        return root.resolve("attempts");
    }

    /**
     * Places what is known of a job's attempts.
     *
     * @param id the job
     * @return the directory of claims, stop orders and exit codes
     */
    public Path attempts(JobId id) {
        return attempts().resolve(directoryName(id));
    }

    /**
     * Places a checkpoint of a job.
     *
     * @param id the job
     * @param name the checkpoint's name, as a user wrote it
     * @return the directory
     * @throws PathRefused if the name is not a single path segment
     */
    public Path checkpoint(JobId id, String name) {
        return output(id).resolve(Segment.require("checkpoint", name));
    }

    /**
     * Places the trainer's own account of a checkpoint.
     *
     * @param checkpoint the directory of the checkpoint
     * @return the file
     */
    public Path trainerState(Path checkpoint) {
        return checkpoint.resolve(names.trainerStateFile());
    }

    private static String directoryName(JobId id) {
        return "job_" + id.text();
    }
}
