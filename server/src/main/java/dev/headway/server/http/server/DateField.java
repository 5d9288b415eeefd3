package dev.headway.server.http.server;

import io.netty.util.AsciiString;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the Date header, written once a second; for one event loop. */
final class DateField {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private long second = Long.MIN_VALUE;
    private AsciiString text = AsciiString.EMPTY_STRING;

    DateField(Clock clock) {
        this.clock = clock;
    }

    /** Returns the present moment as RFC 9110 writes it. */
    AsciiString now() {
        long now = Math.floorDiv(clock.millis(), 1_000L);
        if (now != second) {
            second = now;
            text = AsciiString.cached(FORMAT.format(Instant.ofEpochSecond(now)));
        }
        return text;
    }
}
