package dev.headway.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "200, success",
        "304, success",
        "400, client_error",
        "401, forbidden",
        "403, forbidden",
        "404, client_error",
        "422, client_error",
        "429, refused",
        "500, server_error",
        "501, server_error",
        "503, unavailable"
    })
    void tellsApartWhoIsAtFault(int status, String label) {
        assertThat(Outcome.of(status).label()).isEqualTo(label);
    }
}
