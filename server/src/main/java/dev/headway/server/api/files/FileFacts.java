package dev.headway.server.api.files;

import dev.headway.server.api.wire.WireTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;

/**
 * What the system knows about a path; an immutable value.
 *
 * @param path the path
 * @param attributes its kind, size and times
 * @param followed whether links are followed at it
 */
record FileFacts(Path path, BasicFileAttributes attributes, boolean followed) {
    static FileFacts following(Path path) throws IOException {
        return new FileFacts(path, Files.readAttributes(path, BasicFileAttributes.class), true);
    }

    static FileFacts ofLinkItself(Path path) throws IOException {
        return new FileFacts(
                path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS), false);
    }

    boolean isDirectory() {
        return attributes.isDirectory();
    }

    /** Returns how clients know the kind: everything that is no directory is a file to them. */
    String type() {
        return isDirectory() ? "directory" : "file";
    }

    String name() {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    String modified(ZoneId zone) {
        return WireTime.local(attributes.lastModifiedTime().toInstant(), zone);
    }

    /** Returns when the inode last changed, which clients of this API know as the creation. */
    String changed(ZoneId zone) throws IOException {
        FileTime time = (FileTime) Files.getAttribute(path, "unix:ctime");
        return WireTime.local(time.toInstant(), zone);
    }

    /** Returns what this server may do with it; with a link that is not followed, nothing. */
    Permissions permissions() {
        return followed
                ? new Permissions(Files.isReadable(path), Files.isWritable(path), Files.isExecutable(path))
                : new Permissions(false, false, false);
    }

    /** What this server may do with a file. */
    record Permissions(boolean readable, boolean writable, boolean executable) {}
}
