package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedKeyTest {

    private final SharedKey keys = new SharedKey("login", Algorithm.SLIDING_WINDOW, new Tick(2));

    @Test
    void putsAPlainSubjectIntoTheHashTag() {
        assertThat(name("alice@example.org")).isEqualTo("hw1.2{alice@example.org}login");
    }

    @Test
    void writesNumbersShortly() {
        assertThat(number(0, 0xffff_0a00_0001L)).isEqualTo("hw1.2{#.2rrtx8ftoh}login");
        assertThat(number(-1, -1)).isEqualTo("hw1.2{#3w5e11264sgsf.3w5e11264sgsf}login");
    }

    @Test
    void letsNoSubjectMoveOrEmptyTheHashTag() {
        for (String subject :
                List.of("", "}", "{", "{}", "a}b", "{a}", "a\0b", "a\nb", "*x", "#1.2", "ä", "x".repeat(65))) {
            assertThat(name(subject)).as(subject).matches("hw1\\.2\\{\\*[A-Za-z0-9_-]{22}}login");
        }
    }

    @Test
    void givesDifferentSubjectsDifferentNames() {
        List<String> subjects = List.of(
                "", " ", "a", "a ", "{a", "a}", "\ud800", "\ud801", "?", "x".repeat(65), "x".repeat(66), "#1.1");

        assertThat(subjects.stream().map(this::name)).doesNotHaveDuplicates();
    }

    @Test
    void keepsTicksOfOtherLengthsApart() {
        assertThat(new String(
                        new SharedKey("login", Algorithm.SLIDING_WINDOW, new Tick(4)).of("alice"),
                        StandardCharsets.UTF_8))
                .isEqualTo("hw1.4{alice}login");
    }

    @Test
    void keepsAlgorithmsApart() {
        assertThat(Arrays.stream(Algorithm.values()).map(SharedKeyTest::name))
                .containsExactly(
                        "hw1.2{alice}login",
                        "hw1.2c{alice}login",
                        "hw1.2f{alice}login",
                        "hw1.2t{alice}login",
                        "hw1.2p{alice}login");
    }

    private static String name(Algorithm algorithm) {
        return new String(new SharedKey("login", algorithm, new Tick(2)).of("alice"), StandardCharsets.UTF_8);
    }

    private String name(String subject) {
        return new String(keys.of(subject), StandardCharsets.UTF_8);
    }

    private String number(long high, long low) {
        return new String(keys.of(high, low), StandardCharsets.UTF_8);
    }
}
