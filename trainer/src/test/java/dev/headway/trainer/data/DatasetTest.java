package dev.headway.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.failure.UnusableDataset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetTest {
    @Test
    void holdsOutAShareThatTheSeedChooses() {
        List<Example> examples = Examples.many(100);

        Dataset dataset = Dataset.split(examples, 0.2, 1, 64, false);
        Dataset again = Dataset.split(examples, 0.2, 1, 64, false);
        Dataset other = Dataset.split(examples, 0.2, 2, 64, false);

        assertThat(dataset.training()).hasSize(80);
        assertThat(dataset.evaluation())
                .hasSize(20)
                .isEqualTo(again.evaluation())
                .isNotEqualTo(other.evaluation());
        assertThat(Stream.concat(dataset.training().stream(), dataset.evaluation().stream()))
                .containsExactlyInAnyOrderElementsOf(examples);
    }

    @Test
    void holdsOutAtLeastOneAndLeavesAtLeastOne() {
        assertThat(Dataset.split(Examples.many(10), 0.001, 1, 64, false).evaluation())
                .hasSize(1);
        assertThat(Dataset.split(Examples.many(2), 0.99, 1, 64, false).training())
                .hasSize(1);
        assertThat(Dataset.split(Examples.many(1), 0.5, 1, 64, false).evaluation())
                .isEmpty();
        assertThat(Dataset.split(Examples.many(10), 0, 1, 64, false).evaluation())
                .isEmpty();
    }

    @Test
    void cutsLongExamplesAndLeavesOutThoseWithNothingLeftToLearn() {
        List<Example> examples = List.of(
                Examples.answered("12345678", "9"), Examples.answered("1", "23456789"), Examples.answered("1", "2"));

        Dataset dataset = Dataset.split(examples, 0, 1, 5, false);

        assertThat(dataset.dropped()).isEqualTo(1);
        assertThat(dataset.cut()).isEqualTo(2);
        assertThat(dataset.training()).extracting(Example::length).containsExactlyInAnyOrder(5, 4);
    }

    @Test
    void refusesADatasetWithNothingToLearn() {
        List<Example> questions =
                List.of(Examples.of(Method.SFT, "{\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}"));

        assertThatThrownBy(() -> Dataset.split(questions, 0, 1, 64, false))
                .isInstanceOf(UnusableDataset.class)
                .hasMessage("no example of the data set has anything to learn within max_length 64");
    }

    @Test
    void packsShortExamplesIntoRowsWithoutLosingAToken() {
        List<Example> examples = Examples.many(50);

        List<Example> rows = Packing.pack(examples, 20);

        assertThat(rows).hasSizeLessThan(30).allMatch(row -> row.length() <= 20);
        assertThat(rows.stream().mapToInt(Example::length).sum())
                .isEqualTo(examples.stream().mapToInt(Example::length).sum());
        assertThat(rows.stream().mapToInt(Example::learntTokens).sum())
                .isEqualTo(examples.stream().mapToInt(Example::learntTokens).sum());
    }
}
