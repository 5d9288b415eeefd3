package dev.headway.jobs;

import dev.headway.jobs.job.JobsException;
import java.nio.file.Path;

/** Says that the data directory cannot be made or written to. */
public final class DataDirectoryUnusable extends JobsException {
    private static final long serialVersionUID = 1L;

    DataDirectoryUnusable(Path dataDirectory, String reason, Throwable cause) {
        super("data directory " + dataDirectory + " cannot be used: " + reason, cause);
    }
}
