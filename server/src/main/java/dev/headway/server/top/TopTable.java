package dev.headway.server.top;

import dev.headway.server.text.Escaped;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Draws who is refused most, as a table for a terminal; immutable.
 *
 * <pre>{@code
 * Refused since 2026-11-24T12:00:05Z: 93217, now 1312 a second
 *
 * CLIENT                              REFUSED    AT LEAST   SHARE    A SECOND
 * 203.0.113.7                           81342       81342    87 %        1300
 * }</pre>
 *
 * @param look what was seen
 * @param before what was seen the time before, if anything was
 * @param elapsedSeconds the time between the two
 */
record TopTable(TopLook look, Optional<TopLook> before, double elapsedSeconds) {
    private static final String UNKNOWN = "-";

    String draw() {
        StringBuilder text = new StringBuilder(1024);
        text.append(String.format(
                Locale.ROOT,
                "Refused since %s: %d, now %s a second%n%n",
                Escaped.of(look.since()),
                look.refused(),
                now()));
        text.append(String.format(
                Locale.ROOT, "%-32s %11s %11s %7s %11s%n", "CLIENT", "REFUSED", "AT LEAST", "SHARE", "A SECOND"));
        Map<String, Long> seen = new HashMap<>();
        before.ifPresent(last -> last.clients().forEach(client -> seen.put(client.client(), client.atMost())));
        look.clients().forEach(client -> text.append(row(client, Optional.ofNullable(seen.get(client.client())))));
        if (look.clients().isEmpty()) {
            text.append(String.format("nobody%n"));
        }
        return text.toString();
    }

    private String row(TopLook.Refused client, Optional<Long> seen) {
        return String.format(
                Locale.ROOT,
                "%-32s %11d %11d %5.0f %% %11s%n",
                Escaped.of(client.client()),
                client.atMost(),
                client.atLeast(),
                look.refused() == 0 ? 0 : Math.min(100, 100.0 * client.atMost() / look.refused()),
                seen.map(last -> rate(client.atMost() - last)).orElse(UNKNOWN));
    }

    private String now() {
        return before.map(last -> rate(look.refused() - last.refused())).orElse(UNKNOWN);
    }

    /** A server forgets what is long ago: then there are fewer than before, and for a moment no rate is known. */
    private String rate(long more) {
        return more < 0 || elapsedSeconds <= 0 ? UNKNOWN : Long.toString(Math.round(more / elapsedSeconds));
    }
}
