package dev.headway.benchmarks.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as Redis received it: its words. Immutable.
 *
 * <p>So what {@code redis-benchmark} sends is what the store sends, whatever that comes to be.
 *
 * @param words the name of the command and its arguments
 */
record SeenCommand(List<String> words) {

    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int LONGEST_WAIT_MILLIS = 10_000;

    /** Watches a server while something is done, and finds the first command of a name that it causes. */
    static SeenCommand during(int port, String name, Runnable deed) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LONGEST_WAIT_MILLIS);
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String greeting = lines.readLine();
            if (!"+OK".equals(greeting)) {
                throw new IllegalStateException("Redis let nobody watch it: " + greeting);
            }
            deed.run();
            return first(lines, name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch Redis on port " + port + " for " + name, e);
        }
    }

    private static SeenCommand first(BufferedReader lines, String name) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            SeenCommand seen = parse(line);
            if (!seen.words.isEmpty() && seen.words.get(0).equalsIgnoreCase(name)) {
                return seen;
            }
        }
        throw new IOException("Redis went away before it was told " + name);
    }

    /** Reads what MONITOR prints: {@code +1732447.1 [0 127.0.0.1:1234] "evalsha" "…" …}. */
    static SeenCommand parse(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(plain(matcher.group(1)));
        }
        return new SeenCommand(List.copyOf(words));
    }

    private static String plain(String printed) {
        if (printed.contains("\\x")) {
            throw new IllegalStateException("the command has bytes that no argument of a program can be: " + printed);
        }
        return printed.replaceAll("\\\\(.)", "$1");
    }

    /** The same command, with other text in the place of some. */
    SeenCommand with(String text, String other) {
        return new SeenCommand(
                words.stream().map(word -> word.replace(text, other)).toList());
    }
}
