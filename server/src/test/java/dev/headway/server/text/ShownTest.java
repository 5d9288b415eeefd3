package dev.headway.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
    @Test
    void showsEightyCharactersAndThatThereAreMore() {
        assertThat(Shown.of("a".repeat(80))).isEqualTo("a".repeat(80));
        assertThat(Shown.of("a".repeat(81))).isEqualTo("a".repeat(80) + "…");
    }

    @Test
    void cutsNoCharacterInTwo() {
        assertThat(Shown.of("\uD83D\uDE80".repeat(81))).isEqualTo("\uD83D\uDE80".repeat(80) + "…");
    }

    @Test
    void writesOutWhatIsNotForTheEye() {
        assertThat(Shown.of("one\u2028two")).isEqualTo("one\\u2028two");
    }
}
