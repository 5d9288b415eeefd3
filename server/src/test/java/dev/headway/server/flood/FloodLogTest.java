package dev.headway.server.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Client;
import dev.headway.server.logging.ClientMask;
import dev.headway.server.logging.Disclosure;
import dev.headway.server.logging.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FloodLogTest {
    private static final String EXECUTE = "POST /api/training/execute";
    private static final Pattern TIMES = Pattern.compile("(?:was|refused) (\\d+) times");

    private final ManualTicker ticker = new ManualTicker();
    private final Floods floods = new Floods();
    private final FloodLog log = new FloodLog(floods, ClientMask.of(Disclosure.FULL), ticker);
    private final LogLines lines = LogLines.of(FloodLog.class);

    @AfterEach
    void stopListening() {
        lines.close();
    }

    @Test
    void tellsTheFirstRefusalOfAClientAndNoMoreOfTheSecond() {
        refuse("203.0.113.7", 1);
        second();
        refuse("203.0.113.7", 5);
        second();

        assertThat(lines.messages()).containsExactly("[Rate Limit] 203.0.113.7 is refused at " + EXECUTE);
    }

    @Test
    void tellsAtTheEndOfAFloodHowManyThereWere() {
        for (int second = 0; second < 20; second++) {
            refuse("203.0.113.7", 1_000);
            second();
        }
        seconds(40);

        assertThat(lines.messages())
                .containsExactly(
                        "[Rate Limit] 203.0.113.7 is refused at " + EXECUTE,
                        "[Rate Limit] 203.0.113.7 is refused no more; it was 20000 times in 19 s");
    }

    @Test
    void tellsOnceAMinuteThatAFloodGoesOn() {
        for (int second = 0; second < 150; second++) {
            refuse("203.0.113.7", 10);
            second();
        }

        assertThat(lines.messages())
                .containsExactly(
                        "[Rate Limit] 203.0.113.7 is refused at " + EXECUTE,
                        "[Rate Limit] 203.0.113.7 is still refused: 610 times in 60 s",
                        "[Rate Limit] 203.0.113.7 is still refused: 1210 times in 120 s");
    }

    @Test
    void saysNothingOfTheEndOfASingleRefusal() {
        refuse("203.0.113.7", 1);
        seconds(60);
        refuse("203.0.113.7", 1);
        seconds(60);

        assertThat(lines.messages()).hasSize(2).allMatch(line -> line.endsWith("is refused at " + EXECUTE));
    }

    @Test
    void writesABoundedNumberOfLinesHoweverManyClientsThereAre() {
        for (int minute = 0; minute < 5; minute++) {
            for (int client = 0; client < 20_000; client++) {
                refuse("10." + minute + "." + client / 256 + "." + client % 256, 2);
            }
            seconds(60);
        }

        assertThat(lines.messages()).hasSizeLessThanOrEqualTo(6 * 61);
        assertThat(lines.messages())
                .anyMatch(line -> line.matches(
                        "\\[Rate Limit] Further clients were refused \\d+ times; they are too many to be named"));
    }

    @Test
    void leavesNoRefusalOutWhenItIsClosed() {
        for (int client = 0; client < 3_000; client++) {
            refuse("10.0." + client / 256 + "." + client % 256, 2);
        }
        second();
        seconds(120);
        refuse("203.0.113.7", 1);
        second();
        refuse("203.0.113.7", 6);
        log.close();

        assertThat(lines.messages().stream().mapToLong(FloodLogTest::times).sum())
                .isEqualTo(6_000 + 7);
    }

    @Test
    void countsAllRefusalsOfManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> counting = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                counting.add(threads.submit(() -> refuse("203.0.113.7", 50_000)));
            }
            for (Future<?> each : counting) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }

        second();
        log.close();

        assertThat(lines.messages()).last().asString().contains("it was 200000 times");
    }

    private void refuse(String address, int times) {
        ClientAddress found = ClientAddress.find(address).orElseThrow();
        Caller caller = Caller.anonymous(new Client(found, found));
        for (int time = 0; time < times; time++) {
            floods.count(caller, EXECUTE);
        }
    }

    private void second() {
        log.look();
        ticker.advance(Duration.ofSeconds(1));
    }

    private void seconds(int count) {
        for (int second = 0; second < count; second++) {
            second();
        }
    }

    private static long times(String line) {
        Matcher times = TIMES.matcher(line);
        return times.find() ? Long.parseLong(times.group(1)) : 0;
    }
}
