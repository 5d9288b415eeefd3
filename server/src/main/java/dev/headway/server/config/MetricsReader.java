package dev.headway.server.config;

import dev.headway.server.http.server.HttpSettings;
import java.util.List;
import java.util.Optional;

/** Reads where Prometheus finds the metrics; stateless. */
final class MetricsReader {
    private static final int MAX_PORT = 65_535;
    private static final int CONNECTIONS = 64;
    private static final int WAITING = 16;
    private static final long BODY_BYTES = 1 << 20;

    private MetricsReader() {}

    /** Finds the listener for /metrics alone, if there is to be one; its clients are given the same time as those of the API. */
    static Optional<HttpSettings> read(SettingReader reader, HttpSettings api) {
        Optional<Integer> port =
                reader.optional(Variable.METRICS_PORT, text -> SettingReader.wholeNumber(text, 0, MAX_PORT));
        String host = reader.optional(Variable.METRICS_HOST, HttpReader::host)
                .orElse(api.unixSocket().isPresent() ? Variable.HOST.defaultText() : api.host());
        return port.map(number -> new HttpSettings(
                host,
                number,
                1,
                List.of(),
                new HttpSettings.Connections(CONNECTIONS, CONNECTIONS),
                api.deadlines(),
                api.drainage(),
                new HttpSettings.Work(1, WAITING, BODY_BYTES)));
    }
}
