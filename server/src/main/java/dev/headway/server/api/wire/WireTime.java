package dev.headway.server.api.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Times in the form of Python's {@code isoformat()}: no zone, six digits of a second, and none at all where they would all
 * be zero. Pure functions, safe for all threads.
 *
 * <p>Times of jobs are in UTC, times of files in the zone of the server (contract B1.0); neither says so on the wire.
 */
public final class WireTime {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private WireTime() {}

    /** Returns a job's time, in UTC. */
    public static String utc(Instant time) {
        return format(time, ZoneOffset.UTC);
    }

    /** Returns a file's time, in the given zone. */
    public static String local(Instant time, ZoneId zone) {
        return format(time, zone);
    }

    private static String format(Instant time, ZoneId zone) {
        Instant shown = time.truncatedTo(ChronoUnit.MICROS);
        boolean whole = shown.equals(time.truncatedTo(ChronoUnit.SECONDS));
        return (whole ? SECONDS : MICROSECONDS).format(LocalDateTime.ofInstant(shown, zone));
    }
}
