package dev.headway.jobs;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the logs of running trainers from filling the disk. For one thread.
 *
 * <p>A trainer writes straight into its log, so the log can be neither rotated nor copied without losing lines. But a
 * <em>hole</em> can be punched into its head: the blocks become free, the offsets stay, and the trainer does not notice;
 * what was there reads as NUL. A log that has grown by the bound is cut back to half of it. Where the file system knows no
 * holes the log is emptied instead, which is safe because it is only ever appended to.
 */
final class LogBound {
    private static final Logger LOG = LoggerFactory.getLogger(LogBound.class);
    private static final int PUNCH_SECONDS = 10;
    private static final long BLOCK = 4096;

    private final Workspace workspace;
    private final long maxBytes;

    /** Up to where each log has been given up. After a restart this is found out by giving it up again. */
    private final Map<JobId, Long> givenUp = new HashMap<>();

    LogBound(Workspace workspace, long maxBytes) {
        this.workspace = workspace;
        this.maxBytes = maxBytes;
    }

    void enforce(JobId id) {
        Path log = workspace.log(id);
        try {
            long size = Files.size(log);
            if (size - givenUp.getOrDefault(id, 0L) > maxBytes) {
                giveUp(id, log, (size - maxBytes / 2) / BLOCK * BLOCK);
            }
        } catch (NoSuchFileException e) {
            // The trainer has not begun.
            return;
        } catch (IOException e) {
            LOG.warn("log not bounded job={} reason={}", id, e.toString());
        }
    }

    void forget(JobId id) {
        givenUp.remove(id);
    }

    private void giveUp(JobId id, Path log, long bytes) throws IOException {
        if (punch(log, bytes)) {
            givenUp.put(id, bytes);
            LOG.info("head of a log given up job={} bytes={}", id, bytes);
            return;
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        givenUp.remove(id);
        LOG.warn("log emptied, as its file system knows no holes job={}", id);
    }

    private static boolean punch(Path log, long bytes) {
        List<String> command =
                List.of("fallocate", "--punch-hole", "--offset", "0", "--length", Long.toString(bytes), log.toString());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PUNCH_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
