package dev.headway.server.config;

import dev.headway.server.api.files.FileLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * What the filesystem routes show; an immutable value.
 *
 * @param allowedRoots the directories that may be looked into
 * @param limits how much of them at once
 */
public record FilesystemSettings(List<Path> allowedRoots, FileLimits limits) {
    /** Copies the roots. */
    public FilesystemSettings {
        allowedRoots = List.copyOf(allowedRoots);
    }
}
