package dev.headway.trainer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The standard input as a sign of life of whoever started this program: it ends when that process does, however that
 * comes about. Threads may share it.
 */
final class Lifeline {
    private final InputStream input;
    private final Runnable end;

    /** Makes a lifeline that is not watched yet; {@code end} is run, on a thread of its own, when the input ends. */
    Lifeline(InputStream input, Runnable end) {
        this.input = input;
        this.end = end;
    }

    /** Watches from now on. */
    void watch() {
        Thread watch = new Thread(this::readToEnd, "lifeline");
        watch.setDaemon(true);
        watch.start();
    }

    private void readToEnd() {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // A pipe that breaks has ended as well.
        } finally {
            end.run();
        }
    }
}
