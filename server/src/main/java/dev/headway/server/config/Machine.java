package dev.headway.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the machine gives us, as far as defaults follow from it; an immutable value.
 *
 * @param home the home directory, for which {@code ~} stands in paths
 * @param directory the working directory, where relative paths begin
 * @param cores processors
 * @param heapBytes the largest heap
 * @param openFiles how many files and sockets may be open
 */
public record Machine(Path home, Path directory, int cores, long heapBytes, int openFiles) {
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+)");
    private static final int USUAL_OPEN_FILES = 1024;

    /** Returns the machine that this process runs on. */
    public static Machine present() {
        return new Machine(
                Path.of(System.getProperty("user.home", "/")),
                Path.of("").toAbsolutePath(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                presentOpenFiles());
    }

    /** Returns this machine with another working directory. */
    public Machine in(Path other) {
        return new Machine(home, other, cores, heapBytes, openFiles);
    }

    /** Returns a path with {@code ~} resolved, absolute. */
    public Path path(String text) {
        String inHome = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
        return directory.resolve(inHome).normalize();
    }

    private static int presentOpenFiles() {
        try {
            Matcher limit = OPEN_FILES.matcher(Files.readString(Path.of("/proc/self/limits")));
            return limit.find() ? (int) Math.min(Long.parseLong(limit.group(1)), Integer.MAX_VALUE) : USUAL_OPEN_FILES;
        } catch (IOException | NumberFormatException unlimitedOrNotLinux) {
            return USUAL_OPEN_FILES;
        }
    }
}
