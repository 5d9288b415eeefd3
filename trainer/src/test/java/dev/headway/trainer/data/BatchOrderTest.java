package dev.headway.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
    @RepeatedTest(30)
    void dealsOutEveryRowOncePerEpochWhateverTheSizes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Example> rows = Examples.many(1 + random.nextInt(60));
        int batchSize = 1 + random.nextInt(20);
        int accumulation = 1 + random.nextInt(5);
        BatchOrder order = new BatchOrder(rows, batchSize, accumulation, random.nextLong());

        for (int epoch = 0; epoch < 3; epoch++) {
            List<Example> met = new ArrayList<>();
            for (long step = 0; step < order.stepsPerEpoch(); step++) {
                List<List<Example>> batches = order.batches(epoch * order.stepsPerEpoch() + step);
                assertThat(batches).isNotEmpty().hasSizeLessThanOrEqualTo(accumulation);
                assertThat(batches).allMatch(batch -> !batch.isEmpty() && batch.size() <= batchSize);
                batches.forEach(met::addAll);
            }
            assertThat(met).containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    @Test
    void dependsOnSeedAndStepAndOnNothingAskedBefore() {
        List<Example> rows = Examples.many(40);
        BatchOrder straight = new BatchOrder(rows, 4, 2, 7);
        for (long step = 0; step < 23; step++) straight.batches(step);

        BatchOrder resumed = new BatchOrder(rows, 4, 2, 7);

        assertThat(resumed.batches(23)).isEqualTo(straight.batches(23));
        assertThat(resumed.batches(1)).isEqualTo(straight.batches(1));
    }

    @Test
    void givesEveryEpochAndEverySeedAnOrderOfItsOwn() {
        List<Example> rows = Examples.many(40);
        BatchOrder order = new BatchOrder(rows, 40, 1, 7);

        assertThat(order.batches(0)).isNotEqualTo(order.batches(1));
        assertThat(order.batches(0)).isNotEqualTo(new BatchOrder(rows, 40, 1, 8).batches(0));
    }
}
