package dev.headway.server.api.files;

/**
 * How much of files and directories is shown; an immutable value.
 *
 * @param maxFileBytes the largest file that is read, in bytes (FILESYSTEM_MAX_FILE_SIZE)
 * @param maxDirectoryItems the most entries of a directory that are listed (FILESYSTEM_MAX_DIR_ITEMS)
 */
public record FileLimits(int maxFileBytes, int maxDirectoryItems) {
    /** 100 MiB of a file and a thousand entries of a directory. */
    public static final FileLimits DEFAULT = new FileLimits(104_857_600, 1_000);

    /** Refuses bounds below one. */
    public FileLimits {
        if (maxFileBytes < 1 || maxDirectoryItems < 1) {
            throw new IllegalArgumentException("FILESYSTEM_MAX_FILE_SIZE is " + maxFileBytes
                    + " and FILESYSTEM_MAX_DIR_ITEMS is " + maxDirectoryItems + "; both must be at least 1");
        }
    }
}
