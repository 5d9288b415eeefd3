package dev.headway.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    private static final Offset<Double> NEARLY = within(1e-12);

    /**
     * Worked out by hand from this table, which says how often a label (its row) was taken for another (its column):
     *
     * <pre>
     *         cat  dog  cow
     *   cat    5    2    1     precision 5/8, recall 5/8, F1 10/16
     *   dog    3    4    0     precision 4/6, recall 4/7, F1  8/13
     *   cow    0    0    1     precision 1/2, recall 1/1, F1  2/3
     * </pre>
     */
    @Test
    void averagesWhatEachLabelHasByItself() {
        List<String> right = new ArrayList<>();
        List<String> chosen = new ArrayList<>();
        add(right, chosen, "cat", 5, 2, 1);
        add(right, chosen, "dog", 3, 4, 0);
        add(right, chosen, "cow", 0, 0, 1);

        Choices choices = new Choices(right, chosen);

        assertThat(choices.accuracy()).isCloseTo(10.0 / 16, NEARLY);
        assertThat(choices.precision()).isCloseTo((5 / 8.0 + 4 / 6.0 + 1 / 2.0) / 3, NEARLY);
        assertThat(choices.recall()).isCloseTo((5 / 8.0 + 4 / 7.0 + 1) / 3, NEARLY);
        assertThat(choices.f1()).isCloseTo((10 / 16.0 + 8 / 13.0 + 2 / 3.0) / 3, NEARLY);
    }

    @Test
    void countsALabelThatIsNeverChosenOrNeverRightAsNothing() {
        Choices choices = new Choices(List.of("a", "a", "b"), List.of("a", "c", "c"));

        assertThat(choices.precision()).as("a 1, b nothing chosen, c 0").isCloseTo(1.0 / 3, NEARLY);
        assertThat(choices.recall()).as("a 1/2, b 0, c nothing right").isCloseTo(0.5 / 3, NEARLY);
        assertThat(choices.f1()).as("a 2/3, b 0, c 0").isCloseTo(2.0 / 9, NEARLY);
    }

    @Test
    void isNothingForNoQuestionsAndAllForNoMistakes() {
        Choices none = new Choices(List.of(), List.of());
        Choices all = new Choices(List.of("a", "b"), List.of("a", "b"));

        assertThat(List.of(none.accuracy(), none.precision(), none.recall(), none.f1()))
                .containsOnly(0.0);
        assertThat(List.of(all.accuracy(), all.precision(), all.recall(), all.f1()))
                .containsOnly(1.0);
    }

    @Test
    void doesNotDependOnTheOrderOfTheQuestions() {
        Random random = new Random(11);
        List<List<String>> pairs = new ArrayList<>();
        for (int at = 0; at < 200; at++) pairs.add(List.of("" + random.nextInt(4), "" + random.nextInt(4)));
        Choices before = choices(pairs);

        Collections.shuffle(pairs, random);

        assertThat(choices(pairs).f1()).isEqualTo(before.f1());
        assertThat(choices(pairs).precision()).isEqualTo(before.precision());
    }

    @Test
    void wantsOneChoiceForEachQuestion() {
        assertThatThrownBy(() -> new Choices(List.of("a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 labels chosen for 1 questions");
    }

    private static Choices choices(List<List<String>> pairs) {
        return new Choices(
                pairs.stream().map(pair -> pair.get(0)).toList(),
                pairs.stream().map(pair -> pair.get(1)).toList());
    }

    private static void add(List<String> right, List<String> chosen, String label, int cat, int dog, int cow) {
        right.addAll(Collections.nCopies(cat + dog + cow, label));
        chosen.addAll(Collections.nCopies(cat, "cat"));
        chosen.addAll(Collections.nCopies(dog, "dog"));
        chosen.addAll(Collections.nCopies(cow, "cow"));
    }
}
