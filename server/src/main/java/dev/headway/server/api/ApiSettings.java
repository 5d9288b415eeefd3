package dev.headway.server.api;

import dev.headway.server.api.files.FileLimits;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * What can be chosen about the API; an immutable value.
 *
 * @param version the version of this server, as health reports show it
 * @param maxExecuteBytes the largest body of an execute request, in bytes (MAX_REQUEST_BYTES)
 * @param builtInTrainer whether jobs are run by the built-in trainer, which not every config suits; false when
 *     TRAINER_COMMAND names another
 * @param allowedRoots the directories that paths given by clients may lead into (FILESYSTEM_ALLOWED_PATHS)
 * @param fileLimits how much of files and directories is shown
 * @param hasOperator whether an operator has a key (ADMIN_API_KEY), without which there are no admin routes
 * @param fileTimeZone the zone in which times of files are written
 */
public record ApiSettings(
        String version,
        int maxExecuteBytes,
        boolean builtInTrainer,
        List<Path> allowedRoots,
        FileLimits fileLimits,
        boolean hasOperator,
        ZoneId fileTimeZone) {
    /** Copies the roots. */
    public ApiSettings {
        allowedRoots = List.copyOf(allowedRoots);
    }
}
