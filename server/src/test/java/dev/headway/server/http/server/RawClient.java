package dev.headway.server.http.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A socket that says just what a test tells it to; for one thread. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream input;

    RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Connects from another address of this machine. */
    RawClient(String from, int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0));
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        input = socket.getInputStream();
    }

    /**
     * What a server answered.
     *
     * @param status the status
     * @param head the head with names in lower case
     * @param body the body as Latin-1
     */
    record Answer(int status, String head, String body) {
        Optional<String> field(String name) {
            return head.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst();
        }
    }

    RawClient send(String latin1) throws IOException {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends so many bytes of a body, or as many as the server takes before it closes; returns the number. */
    long sendUntilRefused(long count) throws IOException {
        byte[] block = new byte[65_536];
        long sent = 0;
        try {
            while (sent < count) {
                int length = (int) Math.min(block.length, count - sent);
                socket.getOutputStream().write(block, 0, length);
                sent += length;
            }
        } catch (SocketException closed) {
            return sent;
        }
        return sent;
    }

    /** Sends a piece so many times, or until the server closes. */
    void sendUntilRefused(String piece, int times) throws IOException {
        byte[] many = piece.repeat(1_000).getBytes(StandardCharsets.ISO_8859_1);
        try {
            for (int sent = 0; sent < times; sent += 1_000) {
                send(many);
            }
        } catch (SocketException closed) {
            return;
        }
    }

    /** Sends a beginning, then a piece again and again, with a pause between; returns when the server has closed. */
    boolean sendUntilClosed(String beginning, String piece, Duration pause) throws IOException {
        send(beginning);
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            while (System.nanoTime() - deadlineNanos < 0) {
                send(piece);
                LockSupport.parkNanos(pause.toNanos());
            }
            return false;
        } catch (SocketException closed) {
            return true;
        }
    }

    /** Reads one answer, whose length its head tells. */
    Answer read() throws IOException {
        String head = readHead();
        int length = field(head, "content-length").map(Integer::parseInt).orElse(0);
        byte[] body = input.readNBytes(length);
        return new Answer(status(head), head, new String(body, StandardCharsets.ISO_8859_1));
    }

    /** Reads one answer that has a length but no body. */
    Answer readHeadOnly() throws IOException {
        String head = readHead();
        return new Answer(status(head), head, "");
    }

    /** Waits until the server closes; whatever else it says is dropped. */
    boolean isClosedByServer() throws IOException {
        try {
            input.readAllBytes();
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Counts what comes until the connection ends. */
    long countToEnd() throws IOException {
        long count = 0;
        byte[] block = new byte[65_536];
        try {
            for (int length = input.read(block); length >= 0; length = input.read(block)) {
                count += length;
            }
        } catch (SocketException reset) {
            return count;
        }
        return count;
    }

    void hangUp() throws IOException {
        socket.close();
    }

    boolean isConnected() {
        return socket.isConnected();
    }

    void sendEnd() throws IOException {
        socket.shutdownOutput();
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = input.read();
            if (octet < 0) {
                throw new IOException("closed after \"" + head.toString(StandardCharsets.ISO_8859_1) + "\"");
            }
            head.write(octet);
        }
        return lowerNames(head.toString(StandardCharsets.ISO_8859_1));
    }

    private static String lowerNames(String head) {
        StringBuilder lower = new StringBuilder();
        head.lines().forEach(line -> {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
            lower.append(name).append('\n');
        });
        return lower.toString();
    }

    private static int status(String head) {
        return Integer.parseInt(head.substring(9, 12));
    }

    private static Optional<String> field(String head, String name) {
        return new Answer(0, head, "").field(name);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
