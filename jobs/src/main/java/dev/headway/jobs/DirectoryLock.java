package dev.headway.jobs;

import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the one engine of a data directory. For one thread.
 *
 * <p>The kernel frees the lock when its holder is gone, however that died; with a large heap this takes a moment, hence
 * the patience. It also frees it when the holder closes <em>any</em> channel on the file, so nobody else may open it,
 * not even to read it: nothing is written into it.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int TRIES = 50;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(Workspace workspace) throws IOException {
        FileChannel channel =
                FileChannel.open(workspace.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (int attempt = 0; attempt < TRIES; attempt++) {
                if (tryLock(channel) != null) {
                    return new DirectoryLock(channel);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (OverlappingFileLockException e) {
            // Held in this very process; closing our channel would free it, so the channel is left to the collector.
            throw new DataDirectoryInUse(workspace.root());
        }
        channel.close();
        throw new DataDirectoryInUse(workspace.root());
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        return channel.tryLock();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The kernel frees the lock when the process ends.
            return;
        }
    }
}
