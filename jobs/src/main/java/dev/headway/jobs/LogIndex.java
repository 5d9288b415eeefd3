package dev.headway.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows where the lines of one growing file begin. For one thread.
 *
 * <p>The first look goes through the whole file, later ones only through what has been added; the place of every
 * thousandth line is kept. A line ends at a newline, at a carriage return, which progress bars write, or at both
 * together. What follows the last end is a line too, and may still grow.
 */
final class LogIndex {
    private static final int LINES_PER_MARK = 1000;
    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final int BLOCK = 64 << 10;

    /** Stands for what {@link LogBound} has given up. */
    private static final String GIVEN_UP = "[earlier output was given up to save space]";

    /** Where line 0, 1000, 2000, … begins. */
    private final List<Long> marks = new ArrayList<>(List.of(0L));

    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private long indexed;
    private long ends;
    private long lineStart;
    private boolean afterReturn;

    /** {@return whether a file of this size can be the one that was indexed} */
    boolean fits(long size) {
        return size >= indexed;
    }

    /** Takes note of what the file has gained. */
    void extend(FileChannel file) throws IOException {
        for (int read = readBlock(file, indexed); read > 0; read = readBlock(file, indexed)) {
            for (int i = 0; i < read; i++) {
                take(block.get(i), indexed + i);
            }
            indexed += read;
        }
    }

    private void take(byte b, long at) {
        if (b == '\n' && afterReturn) {
            afterReturn = false;
            lineStart = at + 1;
            remark();
            return;
        }
        afterReturn = b == '\r';
        if (b == '\n' || b == '\r') {
            ends++;
            lineStart = at + 1;
            mark();
        }
    }

    private void mark() {
        if (ends % LINES_PER_MARK == 0) {
            marks.add(lineStart);
        }
    }

    /** A newline that belongs to the return before it moves the beginning of the next line. */
    private void remark() {
        if (ends % LINES_PER_MARK == 0) {
            marks.set(marks.size() - 1, lineStart);
        }
    }

    /** {@return how many lines there are} */
    long lines() {
        return indexed > lineStart ? ends + 1 : ends;
    }

    /** Reads some lines, each cut to a bound and without the blanks at its end, and no more bytes than allowed. */
    List<String> read(FileChannel file, long first, long count, long maxBytes) throws IOException {
        Collector collector = new Collector(first % LINES_PER_MARK, Math.min(count, lines() - first), maxBytes);
        long at = marks.get((int) (first / LINES_PER_MARK));
        while (at < indexed && !collector.isFull()) {
            int read = (int) Math.min(readBlock(file, at), indexed - at);
            if (read <= 0) {
                break;
            }
            for (int i = 0; i < read && !collector.isFull(); i++) {
                collector.take(block.get(i));
            }
            at += read;
        }
        return collector.finish();
    }

    private int readBlock(FileChannel file, long at) throws IOException {
        block.clear();
        return file.read(block, at);
    }

    /** Puts bytes together to lines. For one reading. */
    private static final class Collector {
        private final List<String> lines = new ArrayList<>();
        private final byte[] line = new byte[MAX_LINE_BYTES];
        private final long wanted;
        private long toSkip;
        private long bytesLeft;
        private long length;
        private boolean afterReturn;

        private Collector(long toSkip, long wanted, long maxBytes) {
            this.toSkip = toSkip;
            this.wanted = Math.max(0, wanted);
            this.bytesLeft = maxBytes;
        }

        private boolean isFull() {
            return lines.size() >= wanted || bytesLeft <= 0;
        }

        private void take(byte b) {
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                return;
            }
            afterReturn = b == '\r';
            if (b == '\n' || b == '\r') {
                endLine();
                return;
            }
            if (length < line.length) {
                line[(int) length] = b;
            }
            length++;
        }

        private void endLine() {
            if (toSkip > 0) {
                toSkip--;
            } else {
                lines.add(text());
                bytesLeft -= Math.min(length, line.length);
            }
            length = 0;
        }

        private String text() {
            if (length > 0 && line[0] == 0) {
                return GIVEN_UP;
            }
            int kept = (int) Math.min(length, line.length);
            String text = new String(line, 0, kept, UTF_8);
            return length > kept ? text + "… [" + (length - kept) + " more bytes]" : text.stripTrailing();
        }

        private List<String> finish() {
            if (!isFull()) {
                endLine();
            }
            return lines;
        }
    }
}
