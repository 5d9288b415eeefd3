package dev.headway.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStatTest {
    @Test
    void readsPastANameWithBlanksAndBrackets() {
        ProcessStat stat = ProcessStat.parse(
                "42 (a) R (b c) S 1 40 41 0 -1 4194560 107 0 0 0 0 0 0 0 20 0 1 0 4711 2490368 227 1\n");

        assertThat(stat).isEqualTo(new ProcessStat(42, 'S', 40, 41, 4711));
    }

    @Test
    void doesNotCountZombiesAmongTheLiving() {
        assertThat(new ProcessStat(1, 'Z', 1, 1, 1).isAlive()).isFalse();
        assertThat(new ProcessStat(1, 'X', 1, 1, 1).isAlive()).isFalse();
        assertThat(new ProcessStat(1, 'T', 1, 1, 1).isAlive()).isTrue();
    }
}
