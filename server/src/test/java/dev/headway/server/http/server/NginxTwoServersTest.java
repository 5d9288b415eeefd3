package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headway.server.http.Access;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of two servers a real nginx asks, set up by deploy/nginx/two-servers.conf. */
class NginxTwoServersTest {
    private final TestServer one = called("one");
    private final TestServer two = called("two");
    private Nginx nginx = Nginx.none();

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        assumeThat(Nginx.isInstalled())
                .as("nginx is not installed, so nothing is tested behind it (Debian: apt-get install nginx-light)")
                .isTrue();
        nginx = Nginx.start(
                directory, "two-servers.conf", Map.of("headway-one:8000", one.port(), "headway-two:8000", two.port()));
    }

    @AfterEach
    void stop() {
        nginx.close();
        two.close();
        one.close();
    }

    @Test
    void bringsEverybodyBackToTheServerThatHasTheirJobs() throws Exception {
        Set<String> servers = new TreeSet<>();
        for (int user = 0; user < 20; user++) {
            String server = ask("127.0.0.5", "key-" + user);
            servers.add(server);
            assertThat(ask("127.0.0.6", "key-" + user)).isEqualTo(server);
        }

        assertThat(servers).containsExactly("one", "two");
    }

    @Test
    void asksTheOtherServerWhereOneIsStopped() throws Exception {
        one.close();

        for (int user = 0; user < 20; user++) {
            assertThat(ask("127.0.0.5", "key-" + user)).isEqualTo("two");
        }
    }

    private String ask(String from, String key) throws IOException {
        try (RawClient client = new RawClient(from, nginx.port())) {
            return client.send("GET /name HTTP/1.1\r\nHost: a\r\nX-API-Key: " + key + "\r\n\r\n")
                    .read()
                    .body()
                    .replace("\"", "");
        }
    }

    private static TestServer called(String name) {
        Route route = Route.get(
                "/name", LimitClass.NONE, Access.OPEN, Handler.immediate(request -> Response.json(200, name)));
        return TestServer.with(route).start();
    }
}
