package dev.headway.jobs;

import dev.headway.jobs.job.JobsException;
import java.nio.file.Path;

/** Says that another server uses the data directory. */
public final class DataDirectoryInUse extends JobsException {
    private static final long serialVersionUID = 1L;

    DataDirectoryInUse(Path dataDirectory) {
        super("data directory " + dataDirectory
                + " is in use by another Headway server; stop that one or choose another"
                + " directory (--data, HEADWAY_DATA)");
    }
}
