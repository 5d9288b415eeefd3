package dev.headway.trainer.files;

import dev.headway.trainer.failure.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files and directories that a reader sees whole or not at all, whenever the writer is killed.
 *
 * <p>A rename within a directory is atomic, so everything is written under another name first. To survive a power cut
 * as well, the data must reach the disk before the name does: {@link #durably} and {@link #publish} flush in that
 * order. {@link #replace} leaves the flush out; it is for files that are written many times a minute and only tell how
 * things stand.
 *
 * <p>Stateless; threads may share it, but two of them must not write the same file.
 */
public final class WholeFiles {
    private WholeFiles() {}

    /** Replaces a file in one step, without waiting for the disk; the file aside is called {@code NAME.tmp}. */
    public static void replace(Path file, byte[] content) {
        Path aside = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.write(aside, content);
            move(aside, file);
        } catch (IOException trouble) {
            throw new FileTrouble("write", file, trouble);
        }
    }

    /** Writes a file and waits until its bytes are on the disk. */
    public static void durably(Path file, byte[] content) {
        durably(file, List.of(ByteBuffer.wrap(content)));
    }

    /** Writes the buffers one after another into a file and waits until its bytes are on the disk. */
    public static void durably(Path file, List<ByteBuffer> content) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer part : content) writeAll(channel, part);
            channel.force(true);
        } catch (IOException trouble) {
            throw new FileTrouble("write", file, trouble);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer part) throws IOException {
        while (part.hasRemaining()) channel.write(part);
    }

    /**
     * Gives a finished file or directory its name and waits until the name is on the disk.
     *
     * <p>A directory of that name, left by a run that was killed later than the checkpoint it is resumed from, is moved
     * out of the way first: a directory cannot be renamed onto another.
     */
    public static void publish(Path aside, Path name) {
        try {
            if (Files.isDirectory(name)) delete(move(name, name.resolveSibling("." + name.getFileName() + ".old")));
            move(aside, name);
            flush(name.resolveSibling("."));
        } catch (IOException trouble) {
            throw new FileTrouble("write", name, trouble);
        }
    }

    /** Waits until the names in a directory are on the disk. */
    public static void flush(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes a directory and those above it where they are missing. */
    public static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException trouble) {
            throw new FileTrouble("make the directory", directory, trouble);
        }
    }

    /** Deletes a file or a directory with all it holds; what is not there is fine. */
    public static void delete(Path root) {
        if (!Files.exists(root)) return;
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException trouble) {
            throw new FileTrouble("delete", root, trouble);
        }
    }

    private static Path move(Path from, Path to) throws IOException {
        return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
