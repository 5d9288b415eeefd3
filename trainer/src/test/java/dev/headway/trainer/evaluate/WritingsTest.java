package dev.headway.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingsTest {
    @ParameterizedTest
    @CsvSource({
        "kitten,sitting,3",
        "saturday,sunday,3",
        "'',abc,3",
        "abc,'',3",
        "same,same,0",
        "flaw,lawn,2",
        "naïve,naive,1",
        "a😀b,ab,1"
    })
    void countsTheLettersToChange(String one, String other, int distance) {
        assertThat(EditDistance.between(one, other)).isEqualTo(distance);
        assertThat(EditDistance.between(other, one)).isEqualTo(distance);
    }

    @Test
    void takesAllLettersOfAllAnswersTogether() {
        Writings writings = Writings.of(List.of(
                new Answer("?", "sitting", "kitten", true, false),
                new Answer("?", "yes", "yes", true, true),
                new Answer("?", "no", "no", false, false)));

        assertThat(writings.charErrorRate()).isEqualTo(3.0 / 12);
        assertThat(writings.exactMatch()).isEqualTo(1.0 / 3);
    }

    @Test
    void exceedsOneWhenMuchMoreIsWrittenThanWasExpected() {
        assertThat(Writings.of(List.of(new Answer("?", "a", "abcd", false, false)))
                        .charErrorRate())
                .isEqualTo(3.0);
    }

    @Test
    void isNotANumberWhereNoLetterIsExpected() {
        assertThat(Writings.of(List.of()).charErrorRate()).isNaN();
        assertThat(Writings.of(List.of()).exactMatch()).isZero();
    }
}
