package dev.headway.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The wire between servers and a Redis, which can be slow, can lead to another Redis, and can set that one's clock back for the
 * scripts of the limiter. Its own threads use it.
 *
 * <p>The clock of a real Redis cannot be set; but a script takes the time from its first argument if there is one, so the wire writes it in.
 */
final class RedisWire implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Closeable> ends = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile Duration delay = Duration.ZERO;
    private volatile Duration clockBehind = Duration.ZERO;

    private RedisWire(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static RedisWire to(int target) throws IOException {
        RedisWire wire = new RedisWire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        wire.start(wire::accept);
        return wire;
    }

    String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** Lets each request take so much longer. */
    void delay(Duration longer) {
        delay = longer;
    }

    /** Leads to another Redis from now on, whose clock is behind by so much; connections break. */
    void leadTo(int port, Duration behind) {
        target = port;
        clockBehind = behind;
        ends.forEach(RedisWire::closeQuietly);
        ends.clear();
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "wire to Redis");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException closed) {
            // The wire was closed.
        }
    }

    private void connect(Socket client) {
        ends.add(client);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            ends.add(server);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            start(() -> carry(client, server, () -> carryCommands(client, server)));
            start(() -> carry(server, client, () -> server.getInputStream().transferTo(client.getOutputStream())));
        } catch (IOException nobodyThere) {
            closeQuietly(client);
        }
    }

    /** Something that reads and writes. */
    private interface Transfer {
        void run() throws IOException;
    }

    private static void carry(Socket from, Socket to, Transfer transfer) {
        try {
            transfer.run();
        } catch (IOException broken) {
            // One end is gone, so the other one goes too.
        }
        closeQuietly(from);
        closeQuietly(to);
    }

    private void carryCommands(Socket client, Socket server) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        OutputStream out = new BufferedOutputStream(server.getOutputStream());
        while (true) {
            List<byte[]> words = readCommand(in);
            LockSupport.parkNanos(delay.toNanos());
            setClockBack(words);
            write(out, words);
        }
    }

    private static List<byte[]> readCommand(DataInputStream in) throws IOException {
        int count = readNumber(in, '*');
        List<byte[]> words = new ArrayList<>();
        for (int word = 0; word < count; word++) {
            words.add(in.readNBytes(readNumber(in, '$')));
            in.readNBytes(2);
        }
        return words;
    }

    private static int readNumber(DataInputStream in, char sign) throws IOException {
        if (in.readByte() != sign) {
            throw new IOException("no command");
        }
        int number = 0;
        for (byte digit = in.readByte(); digit != '\r'; digit = in.readByte()) {
            number = 10 * number + (digit - '0');
        }
        in.readByte();
        return number;
    }

    /** The words of a script's call are its name, the script, the number of keys, the keys, and the arguments. */
    private void setClockBack(List<byte[]> words) {
        if (!clockBehind.isZero() && text(words.get(0)).startsWith("EVAL")) {
            Instant time = Instant.now().minus(clockBehind);
            int first = 3 + Integer.parseInt(text(words.get(2)));
            words.set(first, bytes(time.getEpochSecond() + ":" + time.getNano()));
        }
    }

    private static void write(OutputStream out, List<byte[]> words) throws IOException {
        out.write(bytes("*" + words.size() + "\r\n"));
        for (byte[] word : words) {
            out.write(bytes("$" + word.length + "\r\n"));
            out.write(word);
            out.write(bytes("\r\n"));
        }
        out.flush();
    }

    private static String text(byte[] word) {
        return new String(word, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void closeQuietly(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        ends.forEach(RedisWire::closeQuietly);
    }
}
