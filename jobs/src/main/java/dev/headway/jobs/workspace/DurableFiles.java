package dev.headway.jobs.workspace;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are there whole or not at all, and stay when the power fails. Stateless.
 *
 * <p>The content goes into a file aside, reaches the disk, and is then renamed; the rename reaches the disk with the
 * directory.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything.
         *
         * @param out where to
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file; directories on its way are made.
     *
     * @param target the file, which is replaced if it exists
     * @param content what goes into it
     * @throws IOException if it cannot be written; nothing has then changed but for new directories
     */
    public static void write(Path target, Content content) throws IOException {
        Path directory = parent(target);
        Files.createDirectories(directory);
        Path aside = Files.createTempFile(directory, ".new-", "");
        try {
            fill(aside, content);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            force(directory);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void fill(Path file, Content content) throws IOException {
        try (FileOutputStream raw = new FileOutputStream(file.toFile());
                OutputStream out = new BufferedOutputStream(raw, 1 << 16)) {
            content.writeTo(out);
            out.flush();
            raw.getFD().sync();
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path target) throws IOException {
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(target + " is not a file in a directory");
        }
        return parent;
    }
}
