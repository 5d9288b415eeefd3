package dev.headway.jobs;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads pages of trainers' logs, however long they are. For any number of threads; readers of one log take turns.
 *
 * <p>The index of a log that has been asked for lately is kept, so that a client who asks every other second costs a
 * few microseconds.
 */
final class LogReader {
    private static final int KEPT_INDEXES = 64;
    private static final long MAX_LINES = 10_000;
    private static final long MAX_BYTES = 4L << 20;

    private final Workspace workspace;

    private final Map<JobId, Indexed> indexes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Indexed> eldest) {
            return size() > KEPT_INDEXES;
        }
    };

    /** An index and the file that it is of. Guarded by itself. */
    private static final class Indexed {
        private LogIndex index = new LogIndex();
        private String fileKey = "";
    }

    LogReader(Workspace workspace) {
        this.workspace = workspace;
    }

    /** {@return the lines, if there is a log}; a negative offset asks for the last lines. */
    Optional<LogPage> read(JobId id, long offset, int limit) {
        Path path = workspace.log(id);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return Optional.of(read(indexed(id), path, file, offset, limit));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LogUnreadable(id, e);
        }
    }

    private static LogPage read(Indexed indexed, Path path, FileChannel file, long offset, int limit)
            throws IOException {
        synchronized (indexed) {
            renewIfReplaced(indexed, path, file.size());
            indexed.index.extend(file);
            long total = indexed.index.lines();
            long first = offset < 0 ? Math.max(0, total - Math.max(0, limit)) : offset;
            long count = Math.min(count(first, limit, total), MAX_LINES);
            List<String> lines = first >= total ? List.of() : indexed.index.read(file, first, count, MAX_BYTES);
            return new LogPage(lines, total, first, limit);
        }
    }

    /** A negative limit counts from the end, as a slice in Python does; clients of that kind exist. */
    private static long count(long first, int limit, long total) {
        long end = first + limit;
        return end < 0 ? Math.max(0, end + total - first) : Math.max(0, limit);
    }

    private static void renewIfReplaced(Indexed indexed, Path path, long size) throws IOException {
        String key = String.valueOf(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        if (!key.equals(indexed.fileKey) || !indexed.index.fits(size)) {
            indexed.index = new LogIndex();
            indexed.fileKey = key;
        }
    }

    private Indexed indexed(JobId id) {
        synchronized (indexes) {
            return indexes.computeIfAbsent(id, any -> new Indexed());
        }
    }
}
