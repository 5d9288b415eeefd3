package dev.headway.jobs.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** The last of what a program prints, however much it prints. For one thread. */
final class OutputTail {
    private final byte[] ring;
    private long printed;

    OutputTail(int most) {
        this.ring = new byte[most];
    }

    /** Reads to the end of the stream; a pipe that breaks has ended too. */
    void readAll(InputStream stream) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException broken) {
            // What was read until then is all there is.
            return;
        }
    }

    private void keep(byte[] buffer, int length) {
        for (int at = 0; at < length; at++) {
            ring[(int) (printed++ % ring.length)] = buffer[at];
        }
    }

    /** {@return what is kept, in UTF-8; broken letters become the replacement character} */
    String text() {
        int length = (int) Math.min(printed, ring.length);
        byte[] text = new byte[length];
        for (int at = 0; at < length; at++) {
            text[at] = ring[(int) ((printed - length + at) % ring.length)];
        }
        return new String(text, UTF_8);
    }
}
