package dev.headway.server.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTextTest {
    @Test
    void isTakenApart() throws Exception {
        assertThat(AnswerText.parse("HTTP/1.0 200 OK\r\ncontent-length: 4\r\n\r\na\r\n\r\n"))
                .isEqualTo(new Asking.Answer(200, Optional.empty(), "a\r\n\r\n"));
        assertThat(AnswerText.parse("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 41 \r\n\r\n"))
                .isEqualTo(new Asking.Answer(429, Optional.of("41"), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 200x\r\n\r\n", "\r\n\r\n"})
    void isRefusedWhereItIsNoHttpOrNotWhole(String text) {
        assertThatThrownBy(() -> AnswerText.parse(text)).isInstanceOf(IOException.class);
    }
}
