package dev.headway.server.fresh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What shows that a file has changed; an immutable value.
 *
 * @param modified the time of its last change
 * @param size its bytes
 * @param identity which file it is, where the file system can tell
 */
public record FileStamp(Instant modified, long size, Optional<Object> identity) {
    private static final Duration STEP_OF_FILE_TIMES = Duration.ofSeconds(2);

    /**
     * Returns the stamp of a file.
     *
     * @throws IOException when there is no such file, or it cannot be looked at
     */
    public static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
                attributes.lastModifiedTime().toInstant(),
                attributes.size(),
                Optional.ofNullable(attributes.fileKey()));
    }

    /** Returns whether the last change is so long ago that a later one would show another time. */
    public boolean isSettled(Instant now) {
        return modified.plus(STEP_OF_FILE_TIMES).isBefore(now);
    }
}
