package dev.headway.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.trainer.data.Example;
import dev.headway.trainer.data.Examples;
import dev.headway.trainer.model.BuiltInModel;
import dev.headway.trainer.model.ModelShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowBatchesTest {
    private static final ModelShape SHAPE = BuiltInModel.NANO.shape();

    @Test
    void keepsEveryRowInItsOrder() {
        List<Example> rows = Examples.many(1000);

        assertThat(RowBatches.of(rows, 7).stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
        assertThat(RowBatches.within(SHAPE, rows).stream().flatMap(List::stream))
                .containsExactlyElementsOf(rows);
        assertThat(RowBatches.within(SHAPE, List.of())).isEmpty();
    }

    @Test
    void putsFewerRowsTogetherTheLongerTheyAre() {
        List<Example> rows = new ArrayList<>(Examples.many(300));
        for (int at = 0; at < 40; at++) rows.add(Examples.answered("x".repeat(1000), "y"));
        rows.add(Examples.answered("x".repeat(4000), "y"));

        for (List<Example> batch : RowBatches.within(SHAPE, rows)) {
            int longest = batch.stream().mapToInt(Example::length).max().orElseThrow();
            assertThat(batch).hasSizeLessThanOrEqualTo(RowBatches.most(SHAPE, longest));
        }
        assertThat(RowBatches.most(SHAPE, 10)).isEqualTo(256);
        assertThat(RowBatches.most(SHAPE, 1002)).isBetween(1, 10);
        assertThat(RowBatches.most(SHAPE, 4002)).isEqualTo(1);
    }
}
