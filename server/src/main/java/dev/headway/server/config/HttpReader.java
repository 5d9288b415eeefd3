package dev.headway.server.config;

import dev.headway.server.http.server.HttpSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads where the server listens and its bounds; stateless.
 *
 * <p>Bounds that nobody has asked to change yet are constants here.
 */
final class HttpReader {
    private static final String UNIX = "unix:";
    private static final int MAX_SOCKET_PATH_BYTES = 107;
    private static final int FILES_FOR_JOBS = 256;
    private static final int USUAL_CONNECTIONS = 10_000;
    private static final Duration CHECK = Duration.ofMillis(250);
    private static final int QUEUED = 256;
    private static final HttpSettings.Drainage DRAINAGE =
            new HttpSettings.Drainage(65_536, 8 << 20, 16, Duration.ofSeconds(10), Duration.ofSeconds(1));

    private HttpReader() {}

    static HttpSettings read(SettingReader reader, Machine machine) {
        return new HttpSettings(
                reader.value(Variable.HOST, HttpReader::host),
                reader.wholeNumber(Variable.PORT, 0, 65_535),
                machine.cores(),
                reader.list(Variable.CORS_ALLOWED_ORIGINS, origin -> origin),
                connections(reader, machine),
                new HttpSettings.Deadlines(
                        reader.seconds(Variable.HEADWAY_HEAD_TIMEOUT),
                        reader.seconds(Variable.HEADWAY_BODY_TIMEOUT),
                        reader.wholeNumber(Variable.HEADWAY_BODY_MIN_RATE, 1, Integer.MAX_VALUE),
                        reader.seconds(Variable.HEADWAY_IDLE_TIMEOUT),
                        CHECK),
                DRAINAGE,
                new HttpSettings.Work(
                        reader.wholeNumber(Variable.HEADWAY_WORKERS, 1, 10_000), QUEUED, machine.heapBytes() / 4));
    }

    private static HttpSettings.Connections connections(SettingReader reader, Machine machine) {
        int auto = Math.max(16, Math.min(USUAL_CONNECTIONS, (machine.openFiles() - FILES_FOR_JOBS) / 4 * 3));
        int max = reader.wholeNumberOrAuto(Variable.HEADWAY_MAX_CONNECTIONS, auto, 1, 1_000_000);
        int autoPerClient = Math.max(1, max / 4);
        return new HttpSettings.Connections(
                max,
                reader.wholeNumberOrAuto(Variable.HEADWAY_MAX_CONNECTIONS_PER_CLIENT, autoPerClient, 1, 1_000_000));
    }

    static String host(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "accepted is an address or host name, such as 127.0.0.1 or 0.0.0.0, or a socket: unix:/path");
        }
        return text.strip().startsWith(UNIX) ? unixSocket(text.strip()) : text.strip();
    }

    private static String unixSocket(String text) {
        String path = text.substring(UNIX.length());
        if (!path.startsWith("/") || path.getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH_BYTES) {
            throw new IllegalArgumentException("accepted is unix: and an absolute path of at most "
                    + MAX_SOCKET_PATH_BYTES + " bytes, such as unix:/run/headway/headway.sock");
        }
        return text;
    }
}
