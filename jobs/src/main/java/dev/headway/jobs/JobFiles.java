package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.DurableFiles;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the files that a trainer is given. Stateless but for the files, for any number of threads. */
final class JobFiles {
    private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);

    private final Workspace workspace;

    JobFiles(Workspace workspace) {
        this.workspace = workspace;
    }

    void writeDataset(JobId id, Dataset.Examples dataset) throws IOException {
        DurableFiles.write(workspace.dataset(id), out -> PythonJson.writeLines(out, dataset.examples()));
    }

    void writeConfig(Job job) throws IOException {
        ObjectNode config = job.config().tree();
        job.resumeFrom().ifPresent(checkpoint -> config.put("resume_from_checkpoint", checkpoint));
        DurableFiles.write(workspace.config(job.id()), out -> PythonJson.writeIndented(out, config));
    }

    /** Makes sure that an attempt which begins at step 0 is not taken for the one before. */
    void forgetProgress(Job job) throws IOException {
        if (job.resumeFrom().isEmpty()) {
            Files.deleteIfExists(workspace.progress(job.id()));
        }
    }

    /** Removes what was written for a job that could not be stored. */
    void remove(JobId id) {
        remove(workspace.config(id));
        remove(workspace.dataset(id));
        Path directory = workspace.dataset(id).getParent();
        if (directory != null) {
            remove(directory);
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("file of a refused job not removed path={} reason={}", path, e.toString());
        }
    }
}
