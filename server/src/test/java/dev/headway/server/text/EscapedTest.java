package dev.headway.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTest {
    @Test
    void leavesWhatPeopleCanReadAsItIs() {
        assertThat(Escaped.of("größer als 10 \uD83D\uDE80")).isEqualTo("größer als 10 \uD83D\uDE80");
    }

    @Test
    void writesOutWhatWouldBeginALineOrMoveACursor() {
        assertThat(Escaped.of("one\ntwo\r\u001b[2J")).isEqualTo("one\\u000atwo\\u000d\\u001b[2J");
        assertThat(Escaped.of("one\u2028two\u2029")).isEqualTo("one\\u2028two\\u2029");
    }

    @Test
    void writesOutWhatWouldTurnLettersRound() {
        assertThat(Escaped.of("\u202eexe.txt")).isEqualTo("\\u202eexe.txt");
    }

    @Test
    void writesOutMarksThatTakeTwoUnits() {
        assertThat(Escaped.of("\uDB40\uDC01")).isEqualTo("\\udb40\\udc01");
    }
}
