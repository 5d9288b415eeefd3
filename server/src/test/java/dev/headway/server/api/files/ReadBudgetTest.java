package dev.headway.server.api.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ReadBudgetTest {
    private static final int MIB = 1 << 20;

    private final ReadBudget budget = new ReadBudget(10 * MIB);

    @Test
    void turnsAwayTheLargeFileThatDoesNotFitBesideTheOthers() throws IOException {
        String seen = budget.holding(6 * MIB, () -> budget.holding(4 * MIB, () -> "both"));

        assertThat(seen).isEqualTo("both");
        assertThatThrownBy(() -> budget.holding(6 * MIB, () -> budget.holding(5 * MIB, () -> "both")))
                .isInstanceOf(ReadBudget.Exhausted.class);
    }

    @Test
    void letsSmallFilesThroughAtAnyTime() throws IOException {
        assertThat(budget.holding(10 * MIB, () -> budget.holding(MIB, () -> "small")))
                .isEqualTo("small");
    }

    @Test
    void takesBackWhatFailedWorkHeld() throws IOException {
        assertThatThrownBy(() -> budget.holding(10 * MIB, () -> {
                    throw new IOException("disk");
                }))
                .hasMessage("disk");

        assertThat(budget.holding(10 * MIB, () -> "again")).isEqualTo("again");
    }

    @Test
    void letsOneFileLargerThanTheBudgetThroughAlone() throws IOException {
        assertThat(budget.holding(99L * MIB, () -> "alone")).isEqualTo("alone");
    }
}
