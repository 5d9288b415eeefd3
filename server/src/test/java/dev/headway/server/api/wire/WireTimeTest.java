package dev.headway.server.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WireTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:05:59.846726Z, 2026-11-23T10:05:59.846726",
        "2026-11-23T10:05:59.846726999Z, 2026-11-23T10:05:59.846726",
        "2026-11-23T10:05:59.8Z, 2026-11-23T10:05:59.800000",
        "2026-11-23T10:05:00Z, 2026-11-23T10:05:00",
        "2026-11-23T10:05:00.000000999Z, 2026-11-23T10:05:00",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500000",
    })
    void writesMicrosecondsUnlessThereAreNone(Instant time, String expected) {
        assertThat(WireTime.utc(time)).isEqualTo(expected);
    }

    @Test
    void writesFileTimesInTheZoneOfTheServerWithoutNamingIt() {
        Instant time = Instant.parse("2026-11-23T23:30:00Z");

        assertThat(WireTime.local(time, ZoneId.of("Europe/Berlin"))).isEqualTo("2026-11-24T00:30:00");
    }
}
