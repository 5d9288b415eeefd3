package dev.headway.server.api.errors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a trainer's output that tells of an error or warning; an immutable value.
 *
 * <p>Trainers log {@code [2025-11-15 10:00:00] [module] [LEVEL] [PHASE] message}, the phase being optional. What other
 * programs print counts if it looks like an error.
 *
 * @param timestamp when, as the trainer wrote it; empty where it wrote none
 * @param level {@code error} or {@code warning}
 * @param phase what the trainer was doing
 * @param message what it said
 */
record LoggedError(String timestamp, String level, String phase, String message) {
    private static final Pattern LINE = Pattern.compile(
            "\\[(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})\\] \\[[^\\]]*\\] \\[(\\w+)\\] (?:\\[([^\\]]*)\\] )?(.*)");
    private static final Pattern SUSPICIOUS = Pattern.compile("error|exception", Pattern.CASE_INSENSITIVE);
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int COMPARED_CHARACTERS = 150;
    private static final int KEY_DIGITS = 12;

    /** Finds what a line tells of, if it is an error or a warning. */
    static Optional<LoggedError> find(String line) {
        Matcher match = LINE.matcher(line);
        return match.matches() ? logged(match) : printed(line);
    }

    private static Optional<LoggedError> logged(Matcher match) {
        String level = match.group(2).toLowerCase(Locale.ROOT);
        if (!level.equals("error") && !level.equals("warning")) {
            return Optional.empty();
        }
        String phase = Optional.ofNullable(match.group(3)).orElse("general");
        return Optional.of(new LoggedError(match.group(1), level, phase, match.group(4)));
    }

    private static Optional<LoggedError> printed(String line) {
        String text = line.strip();
        boolean told = text.startsWith("ERROR:") || text.contains("Error:");
        return told && SUSPICIOUS.matcher(text).find()
                ? Optional.of(new LoggedError("", "error", "raw", text))
                : Optional.empty();
    }

    /** Returns what is the same for errors that differ only in their numbers. */
    String key() {
        String head = message.substring(0, Math.min(COMPARED_CHARACTERS, message.length()));
        String text =
                DIGITS.matcher((phase + ":" + head).toLowerCase(Locale.ROOT)).replaceAll("N");
        return HexFormat.of().formatHex(md5(text)).substring(0, KEY_DIGITS);
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }
}
