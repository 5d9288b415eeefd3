package dev.headway.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.headway.trainer.Await;
import dev.headway.trainer.files.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsPostTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final RunLog log =
            new RunLog(new PrintStream(printed, true, StandardCharsets.UTF_8), Clock.systemUTC(), "SFT");
    private final List<String> received = new CopyOnWriteArrayList<>();
    private Optional<HttpServer> server = Optional.empty();
    private int answer = 200;

    @BeforeEach
    void startTheReceiver() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/metrics", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        started.start();
        server = Optional.of(started);
    }

    @AfterEach
    void stopTheReceiver() {
        server.ifPresent(started -> started.stop(0));
    }

    @Test
    void postsAPointWithTheJobAndItsToken() {
        try (MetricsPost post = new MetricsPost(address(), Optional.of("secret"), "job-1", log)) {
            post.receive(Json.object().put("step", 7));
            Await.until("the point has come", () -> received.size() == 1);
        }

        assertThat(received).containsExactly("Bearer secret {\"job_id\":\"job-1\",\"metrics\":[{\"step\":7}]}");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void logsTheFirstRefusalOnlyAndGoesOn() {
        answer = 401;

        try (MetricsPost post = new MetricsPost(address(), Optional.empty(), "job-1", log)) {
            for (int step = 1; step <= 3; step++) post.receive(Json.object().put("step", step));
            Await.until("all have come", () -> received.size() == 3 && hasPrinted());
        }

        assertThat(received).hasSize(3);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("cannot post metrics to " + address() + ": the answer was 401; the training goes on");
    }

    @Test
    void goesOnWhenNobodyListens() {
        URI address = address();
        stopTheReceiver();

        try (MetricsPost post = new MetricsPost(address, Optional.empty(), "job-1", log)) {
            post.receive(Json.object().put("step", 1));
            Await.until("the trouble is logged", this::hasPrinted);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("the training goes on");
    }

    private boolean hasPrinted() {
        return printed.size() > 0;
    }

    private URI address() {
        int port = server.orElseThrow().getAddress().getPort();
        return URI.create("http://127.0.0.1:" + port + "/metrics");
    }
}
