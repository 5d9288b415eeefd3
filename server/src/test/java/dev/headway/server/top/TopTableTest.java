package dev.headway.server.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopTableTest {
    private static final String SINCE = "2026-11-24T12:00:05Z";

    @Test
    void showsSharesAndAtALaterLookHowManyASecond() {
        TopLook before = look(1_000, new TopLook.Refused("203.0.113.7", 900, 900));
        TopLook now =
                look(2_000, new TopLook.Refused("203.0.113.7", 1_500, 1_490), new TopLook.Refused("user:bob", 40, 0));

        assertThat(new TopTable(now, Optional.of(before), 2).draw().lines())
                .containsExactly(
                        "Refused since 2026-11-24T12:00:05Z: 2000, now 500 a second",
                        "",
                        "CLIENT                               REFUSED    AT LEAST   SHARE    A SECOND",
                        "203.0.113.7                             1500        1490    75 %         300",
                        "user:bob                                  40           0     2 %           -");
    }

    @Test
    void showsNoRateAtTheFirstLookNorWhenTheServerHasForgotten() {
        TopLook many = look(1_000, new TopLook.Refused("203.0.113.7", 900, 900));
        TopLook few = look(10, new TopLook.Refused("203.0.113.7", 9, 9));

        assertThat(new TopTable(many, Optional.empty(), 1).draw()).contains("now - a second");
        assertThat(new TopTable(few, Optional.of(many), 1).draw()).contains("now - a second");
    }

    @Test
    void saysSoWhenNobodyIsRefused() {
        assertThat(new TopTable(look(0), Optional.empty(), 1).draw().lines())
                .last()
                .isEqualTo("nobody");
    }

    @Test
    void letsNoServerMoveTheCursor() {
        TopLook look = look(1, new TopLook.Refused("\u001b[2Jevil", 1, 1));

        assertThat(new TopTable(look, Optional.empty(), 1).draw()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"clients\":{}}"})
    void isNotMadeOfWhatIsNoAnswer(String body) {
        assertThatThrownBy(() -> TopLook.parse(body)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TopLook look(long refused, TopLook.Refused... clients) {
        return new TopLook(SINCE, refused, List.of(clients));
    }
}
