package dev.headway.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PeakHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-24T22:59:59Z");
    private double requests;

    @Test
    void creditsWhatHasComeToTheHourInTheGivenZone() {
        PeakHours hours = new PeakHours(registry, () -> requests, clock());

        requests = 7;
        hours.look();
        now = Instant.parse("2026-11-24T23:00:00Z");
        requests = 12;
        hours.look();
        hours.look();

        assertThat(count("23")).isEqualTo(7);
        assertThat(count("00")).isEqualTo(5);
        assertThat(count("22")).isZero();
    }

    private double count(String hour) {
        return registry.get(Names.BY_HOUR.text()).tag("hour", hour).counter().count();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return BERLIN;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
