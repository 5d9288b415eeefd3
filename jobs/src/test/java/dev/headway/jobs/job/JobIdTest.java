package dev.headway.jobs.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobIdTest {
    @Test
    void acceptsNamesThatAreASingleSegment() {
        List<String> names = List.of(
                "a",
                "7",
                "job-1",
                "a..b",
                "A.b_c-d",
                "x".repeat(128),
                JobId.random().text());

        assertThat(names).allSatisfy(name -> assertThat(JobId.parse(name)).hasToString(name));
    }

    @Test
    void refusesEverythingElse() {
        List<String> names = List.of(
                "", ".", "..", ".hidden", "-x", "_x", "a/b", "../a", "a\\b", "a b", "a\n", "ä", "a\0", "x".repeat(129));

        assertThat(names)
                .allSatisfy(name -> assertThatThrownBy(() -> JobId.parse(name))
                        .isInstanceOf(InvalidJobId.class)
                        .hasMessageContaining("1 to 128 characters"));
    }
}
