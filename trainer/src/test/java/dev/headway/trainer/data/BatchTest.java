package dev.headway.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.trainer.text.SpecialToken;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final int BEGIN = SpecialToken.BEGIN.id();
    private static final int END = SpecialToken.END.id();
    private static final int PADDING = SpecialToken.PADDING.id();

    @Test
    void letsEveryPlaceNameTheNextTokenAndCountsOnlyWhatIsLearnt() {
        List<Example> rows = List.of(Examples.answered("ab", "c"), Examples.answered("", "d"));

        Batch batch = Batch.of(rows, 4);

        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.width()).isEqualTo(4);
        assertThat(batch.tokens()).isEqualTo(8);
        assertThat(batch.inputs()).containsExactly(BEGIN, 'a', 'b', 'c', BEGIN, 'd', END, PADDING);
        assertThat(batch.targets()).containsExactly('a', 'b', 'c', END, 'd', END, PADDING, PADDING);
        assertThat(batch.weights()).containsExactly(0, 0, -0.25f, -0.25f, -0.25f, -0.25f, 0, 0);
        assertThat(Batch.targets(rows)).isEqualTo(4);
    }
}
