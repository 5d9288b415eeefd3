package dev.headway.server.http.server;

import java.time.Duration;
import java.util.List;

/** Settings that tests start from: a free port, bounds that no test reaches, deadlines that none waits for. */
final class HttpBounds {
    private HttpBounds() {}

    static HttpSettings generous() {
        return new HttpSettings(
                "127.0.0.1",
                0,
                1,
                List.of("http://localhost:3000"),
                new HttpSettings.Connections(1_000, 1_000),
                patient(),
                drainage(),
                work());
    }

    static HttpSettings.Deadlines patient() {
        Duration never = Duration.ofMinutes(5);
        return new HttpSettings.Deadlines(never, never, 1, never, Duration.ofMillis(20));
    }

    static HttpSettings.Drainage drainage() {
        return new HttpSettings.Drainage(65_536, 1 << 20, 0, Duration.ofSeconds(10), Duration.ofMillis(200));
    }

    static HttpSettings.Work work() {
        return new HttpSettings.Work(4, 4, 256 << 20);
    }

    /** Listens by two event loops. */
    static HttpSettings listeningOn(String host) {
        HttpSettings all = generous();
        return new HttpSettings(
                host, all.port(), 2, all.corsOrigins(), all.connections(), all.deadlines(), all.drainage(), all.work());
    }

    static HttpSettings with(HttpSettings.Connections connections) {
        HttpSettings all = generous();
        return of(connections, all.deadlines(), all.drainage(), all.work());
    }

    static HttpSettings with(HttpSettings.Deadlines deadlines) {
        HttpSettings all = generous();
        return of(all.connections(), deadlines, all.drainage(), all.work());
    }

    static HttpSettings with(HttpSettings.Drainage drainage) {
        HttpSettings all = generous();
        return of(all.connections(), all.deadlines(), drainage, all.work());
    }

    static HttpSettings with(HttpSettings.Work work) {
        HttpSettings all = generous();
        return of(all.connections(), all.deadlines(), all.drainage(), work);
    }

    private static HttpSettings of(
            HttpSettings.Connections connections,
            HttpSettings.Deadlines deadlines,
            HttpSettings.Drainage drainage,
            HttpSettings.Work work) {
        HttpSettings all = generous();
        return new HttpSettings(
                all.host(), all.port(), all.eventLoops(), all.corsOrigins(), connections, deadlines, drainage, work);
    }
}
