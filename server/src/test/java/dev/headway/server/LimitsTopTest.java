package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.top.NoLook;
import dev.headway.server.top.TopScreen;
import dev.headway.server.top.TopSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code headway limits top}, asking whole servers. */
class LimitsTopTest {
    private static final Map<String, String> LIMITED = Map.of(
            "ADMIN_API_KEY",
            "operator",
            "RATE_LIMIT_TRAINING_GENERAL",
            "2/minute",
            "RATE_LIMIT_AUTH_FAILURE",
            "2/minute");

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsWhoIsRefusedMost() throws Exception {
        try (WholeServer server = WholeServer.start(directory, LIMITED)) {
            request(server, 12);

            int exit = run(Map.of("ADMIN_API_KEY", "operator"), "--once", "--url", server.uri("") + "");

            assertThat(exit).isZero();
            assertThat(out.toString())
                    .contains(": 10, now - a second")
                    .containsPattern("127\\.0\\.0\\.1 +10 +10 +100 %");
        }
    }

    @Test
    void asksTheServerOfItsOwnSettings() throws Exception {
        try (WholeServer server = WholeServer.start(directory, LIMITED)) {
            Map<String, String> same = Map.of(
                    "ADMIN_API_KEY", "operator", "PORT", "" + server.uri("").getPort());

            assertThat(run(same, "--once")).isZero();
            assertThat(out.toString()).contains("nobody");
        }
    }

    @Test
    void saysThatTheKeyIsWrongAndWhenTooManyWereShown() throws Exception {
        try (WholeServer server = WholeServer.start(directory, LIMITED)) {
            String[] arguments = {"--once", "--url", server.uri("") + ""};

            assertThat(run(Map.of("ADMIN_API_KEY", "guess"), arguments)).isEqualTo(1);
            assertThat(err.toString()).contains("does not know this ADMIN_API_KEY, or is a server without one");
            run(Map.of("ADMIN_API_KEY", "guess"), arguments);
            assertThat(run(Map.of("ADMIN_API_KEY", "guess"), arguments)).isEqualTo(1);
            assertThat(err.toString()).containsPattern("too many wrong keys from here; wait \\d+ seconds");
        }
    }

    @Test
    void saysThatTheServerIsAway() throws Exception {
        assertThat(run(Map.of("ADMIN_API_KEY", "operator"), "--once", "--url", "http://127.0.0.1:" + closedPort()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("does not answer: nobody listens there");
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        assertThat(run(Map.of(), "--once")).isEqualTo(2);
        assertThat(err.toString()).contains("no key: set ADMIN_API_KEY");
        assertThat(run(Map.of("ADMIN_API_KEY", "k"), "--count", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--count is 0; accepted are 1 to 100");
        assertThat(run(Map.of("ADMIN_API_KEY", "k"), "--url", "not an address")).isEqualTo(2);
        assertThat(run(Map.of("ADMIN_API_KEY", "k", "PORT", "0"))).isEqualTo(2);
        assertThat(err.toString()).contains("name it by --url");
        assertThat(run(Map.of("ADMIN_API_KEY", "k"), "--url", "http://a", "--socket", "/b"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--url and --socket name two servers");
        assertThat(run(Map.of("ADMIN_API_KEY", "a\nb"), "--socket", "/b")).isEqualTo(2);
        assertThat(err.toString()).contains("accepted are those of ASCII");
    }

    @Test
    void asksAServerOnAUnixSocket() throws Exception {
        Path socket = directory.resolve("headway.sock");
        Map<String, String> environment = Map.of("ADMIN_API_KEY", "operator", "HOST", "unix:" + socket);
        try (WholeServer server = WholeServer.start(directory, environment)) {
            assertThat(server.application().url()).isEqualTo("unix:" + socket);

            assertThat(run(environment, "--once")).isZero();
            assertThat(run(Map.of("ADMIN_API_KEY", "operator"), "--once", "--socket", "headway.sock"))
                    .isZero();
            assertThat(out.toString()).contains("Refused since ").contains("nobody");

            assertThat(run(Map.of("ADMIN_API_KEY", "guess"), "--once", "--socket", socket.toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("unix:" + socket + " does not know this ADMIN_API_KEY");
        }
        assertThat(run(environment, "--once")).isEqualTo(1);
        assertThat(err.toString()).contains("unix:" + socket + " does not answer: No such file or directory");
    }

    @Test
    void goesOnWhenTheServerGoesAwayForAWhile() throws Exception {
        WholeServer server = WholeServer.start(directory, LIMITED);
        ManualTicker ticker = new ManualTicker();
        TopSource source = TopSource.at(server.uri(""), "operator", 10);
        AtomicInteger looks = new AtomicInteger();
        request(server, 5);

        new TopScreen(source, new PrintWriter(out), ticker).live(() -> {
            ticker.advance(Duration.ofSeconds(1));
            request(server, 4);
            if (looks.incrementAndGet() == 2) {
                server.close();
            }
            return looks.get() < 3;
        });

        String[] screens = out.toString().split("\u001b\\[H\u001b\\[2J", -1);
        assertThat(screens).hasSize(4);
        assertThat(screens[1]).contains(": 3, now - a second");
        assertThat(screens[2]).contains(": 7, now 4 a second");
        assertThat(screens[3]).contains("does not answer").contains("trying again every second");
    }

    @Test
    void endsWhenTheServerWillNeverTell() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of())) {
            TopSource source = TopSource.at(server.uri(""), "operator", 10);
            TopScreen screen = new TopScreen(source, new PrintWriter(out), new ManualTicker());

            assertThatThrownBy(() -> screen.live(() -> true)).isInstanceOf(NoLook.class);
        }
    }

    private static void request(WholeServer server, int times) {
        for (int time = 0; time < times; time++) {
            server.tryPost("/api/training/cancel/job");
        }
    }

    private int run(Map<String, String> environment, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "limits";
        all[1] = "top";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Main.commandLine(WholeServer.surroundings(directory, environment))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    private static int closedPort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
