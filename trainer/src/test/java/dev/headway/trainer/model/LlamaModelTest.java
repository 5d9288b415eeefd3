package dev.headway.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.headway.trainer.data.Batch;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.data.Examples;
import dev.headway.trainer.files.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the network and its gradients against {@link ReferenceLlama}, which shares no code with it. */
class LlamaModelTest {
    private static final int[] ROW = {3, 1, 4, 1, 5, 9, 2};

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scoresEveryTokenAsTheFormulasSay(boolean tied) {
        LlamaModel model = random(shape(11, 4, 2, tied));
        double[][] expected = new ReferenceLlama(model.shape(), copy(model)).scores(ROW);

        float[] scores = scores(model, ROW);

        for (int place = 0; place < ROW.length; place++) {
            for (int token = 0; token < 11; token++)
                assertThat((double) scores[place * 11 + token])
                        .as("token %d at place %d", token, place)
                        .isCloseTo(expected[place][token], within(2e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void sharesKeysAmongTheQueriesOfAGroup(int keyValueHeads) {
        LlamaModel model = random(shape(11, 4, keyValueHeads, true));
        double[][] expected = new ReferenceLlama(model.shape(), copy(model)).scores(ROW);

        float[] scores = scores(model, ROW);

        assertThat((double) scores[6 * 11 + 5]).isCloseTo(expected[6][5], within(2e-5));
    }

    @Test
    void letsNoPlaceSeeALaterOne() {
        LlamaModel model = random(shape(11, 4, 2, true));

        float[] scores = scores(model, ROW);
        float[] changed = scores(model, new int[] {3, 1, 4, 1, 8, 8, 8});

        for (int at = 0; at < 4 * 11; at++) assertThat(changed[at]).isEqualTo(scores[at]);
        assertThat(changed[4 * 11]).isNotEqualTo(scores[4 * 11]);
    }

    @Test
    void scoresRowsAsIfEachWereAlone() {
        LlamaModel model = random(shape(11, 4, 2, true));
        long[] twoRows = {3, 1, 4, 1, 5, 9, 2, 7};

        try (NDManager step = manager.newSubManager()) {
            float[] together =
                    model.scores(step.create(twoRows, new Shape(2, 4))).toFloatArray();
            float[] alone = scores(model, new int[] {5, 9, 2, 7});

            for (int at = 0; at < alone.length; at++)
                assertThat(together[4 * 11 + at]).isCloseTo(alone[at], within(1e-5f));
        }
    }

    @Test
    void scoresTheLastPlaceAloneAsAmongAll() {
        LlamaModel model = random(shape(11, 4, 2, false));
        float[] all = scores(model, ROW);

        try (NDManager step = manager.newSubManager()) {
            float[] last = model.lastScores(step.create(longs(ROW), new Shape(1, ROW.length)))
                    .toFloatArray();

            for (int token = 0; token < 11; token++)
                assertThat(last[token]).isCloseTo(all[6 * 11 + token], within(1e-5f));
        }
    }

    @Test
    void makesRotaryPositionsDependOnDistanceOnly() {
        ModelShape shape = shape(11, 1, 1, true);
        float[] vector = {0.3f, -1.2f, 0.7f, 2f};
        try (AttentionTables tables = new AttentionTables(shape, 6, manager);
                NDManager step = manager.newSubManager()) {
            NDArray same = step.create(repeat(vector, 2 * 6), new Shape(1, 2, 6, 4));
            float[] turned = tables.rotate(same).toFloatArray();

            assertThat(dot(turned, 0, 6 + 2)).isCloseTo(dot(turned, 3, 6 + 5), within(1e-4));
            assertThat(dot(turned, 1, 6)).isCloseTo(dot(turned, 5, 6 + 4), within(1e-4));
            assertThat(dot(turned, 0, 6)).isNotCloseTo(dot(turned, 0, 6 + 3), within(1e-2));
        }
    }

    @Test
    void weighsTheLossOverLearntTokensOnly() {
        LlamaModel model = random(shape(264, 4, 2, true));
        Example example = Examples.answered("12+34=", "46");
        double expected = meanSurprise(new ReferenceLlama(model.shape(), copy(model)), example);

        try (NDManager step = manager.newSubManager()) {
            double loss = model.loss(Batch.of(List.of(example), example.learntTokens()), step)
                    .getFloat();

            assertThat(loss).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void givesEveryRowItsOwnShareOfTheLoss() {
        LlamaModel model = random(shape(264, 4, 2, true));
        List<Example> rows = List.of(Examples.answered("12+34=", "46"), Examples.answered("1+1=", "2"));

        try (NDManager step = manager.newSubManager()) {
            float[] losses = model.rowLosses(Batch.of(rows, 1), step).toFloatArray();

            assertThat(losses).hasSize(2);
            for (int row = 0; row < 2; row++)
                assertThat(losses[row])
                        .isCloseTo(
                                model.loss(Batch.of(rows.subList(row, row + 1), 1), step)
                                        .getFloat(),
                                within(1e-4f));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasTheGradientsThatFiniteDifferencesGive(boolean tied) {
        LlamaModel model = random(shape(264, 4, 2, tied));
        Example example = Examples.answered("12+34=", "46");
        backward(model, example);
        Map<String, double[]> gradients = gradients(model);
        Map<String, double[]> weights = copy(model);
        Random random = new Random(5);

        weights.forEach((name, values) -> {
            for (int trial = 0; trial < 8; trial++) {
                int at = interesting(name, values, example, random);
                double difference = difference(model.shape(), weights, values, at, example);
                assertThat(values(gradients, name)[at]).as("%s[%d]", name, at).isCloseTo(difference, within(2e-4));
            }
        });
    }

    @Test
    void leavesNoArraysBehindWhileTraining() {
        LlamaModel model = random(shape(264, 4, 2, true));
        NDManager ofWeights = model.weights().get(Weights.EMBEDDING).getManager();
        backward(model, Examples.answered("1+1=", "2"));
        int weights = ofWeights.getManagedArrays().size();
        int all = manager.getManagedArrays().size();

        for (int step = 0; step < 5; step++) backward(model, Examples.answered("1".repeat(step + 1), "2"));

        assertThat(ofWeights.getManagedArrays()).hasSize(weights);
        assertThat(manager.getManagedArrays()).hasSize(all);
    }

    @Test
    void startsFromTheSameWeightsForTheSameSeed() {
        ModelShape shape = BuiltInModel.NANO.shape();
        try (LlamaModel first = new LlamaModel(shape, manager);
                LlamaModel second = new LlamaModel(shape, manager)) {
            RandomStart.fill(first.weights(), shape, 1);
            RandomStart.fill(second.weights(), shape, 1);
            float[] embedding = first.weights().get(Weights.EMBEDDING).toFloatArray();

            assertThat(second.weights().get(Weights.EMBEDDING).toFloatArray()).containsExactly(embedding);
            RandomStart.fill(second.weights(), shape, 2);
            assertThat(second.weights().get(Weights.EMBEDDING).toFloatArray()).isNotEqualTo(embedding);
        }
    }

    @Test
    void hasBuiltInModelsOfTheSizesTheirNamesPromise() {
        assertThat(count(BuiltInModel.NANO)).isBetween(700_000L, 900_000L);
        assertThat(count(BuiltInModel.MICRO)).isBetween(2_700_000L, 3_300_000L);
        assertThat(count(BuiltInModel.MINI)).isBetween(8_500_000L, 9_500_000L);
    }

    private long count(BuiltInModel builtIn) {
        try (LlamaModel model = new LlamaModel(builtIn.shape(), manager)) {
            return model.weights().count();
        }
    }

    /** The head width is not the width by the heads, so that a mix-up of the two shows. */
    private static ModelShape shape(int vocabulary, int heads, int keyValueHeads, boolean tied) {
        return new ModelShape(vocabulary, 8, 12, 2, heads, keyValueHeads, 4, 64, 1e-5, 100, tied);
    }

    /** Weights large enough for every part of the network to matter. */
    private LlamaModel random(ModelShape shape) {
        LlamaModel model = new LlamaModel(shape, manager);
        Random random = new Random(11);
        model.weights().all().values().forEach(weight -> {
            FloatBuffer values = Memory.of(weight).asFloatBuffer();
            while (values.hasRemaining()) values.put((float) (random.nextGaussian() * 0.5));
        });
        return model;
    }

    private float[] scores(LlamaModel model, int[] row) {
        try (NDManager step = manager.newSubManager()) {
            return model.scores(step.create(longs(row), new Shape(1, row.length)))
                    .toFloatArray();
        }
    }

    private void backward(LlamaModel model, Example example) {
        try (NDManager step = manager.newSubManager();
                GradientCollector tape = manager.getEngine().newGradientCollector()) {
            tape.backward(model.loss(Batch.of(List.of(example), example.learntTokens()), step));
        }
    }

    private static Map<String, double[]> copy(LlamaModel model) {
        return byFileName(model.shape(), model.weights().all());
    }

    private Map<String, double[]> gradients(LlamaModel model) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        model.weights().all().forEach((name, weight) -> gradients.put(name, weight.getGradient()));
        return byFileName(model.shape(), gradients);
    }

    private static Map<String, double[]> byFileName(ModelShape shape, Map<String, NDArray> arrays) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (Tensor tensor : WeightLayout.tensors(shape, arrays, "")) {
            FloatBuffer floats = tensor.bytes().asFloatBuffer();
            double[] doubles = new double[floats.remaining()];
            for (int at = 0; at < doubles.length; at++) doubles[at] = floats.get();
            values.put(tensor.name(), doubles);
        }
        return values;
    }

    private static double difference(
            ModelShape shape, Map<String, double[]> weights, double[] values, int at, Example example) {
        double step = 1e-5;
        double value = values[at];
        values[at] = value + step;
        double above = meanSurprise(new ReferenceLlama(shape, weights), example);
        values[at] = value - step;
        double below = meanSurprise(new ReferenceLlama(shape, weights), example);
        values[at] = value;
        return (above - below) / (2 * step);
    }

    private static double meanSurprise(ReferenceLlama reference, Example example) {
        double[][] scores = reference.scores(example.tokens(0, example.length() - 1));
        double sum = 0;
        for (int place = 1; place < example.length(); place++) {
            if (example.isLearnt(place)) sum += ReferenceLlama.surprise(scores[place - 1], example.token(place));
        }
        return sum / example.learntTokens();
    }

    /** In the embedding, most rows belong to letters that do not occur: half of the time choose one that does. */
    private static int interesting(String name, double[] values, Example example, Random random) {
        if (!name.equals("model.embed_tokens.weight") || random.nextBoolean()) return random.nextInt(values.length);
        return example.token(random.nextInt(example.length())) * 8 + random.nextInt(8);
    }

    private static double[] values(Map<String, double[]> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private static double dot(float[] vectors, int first, int second) {
        double sum = 0;
        for (int at = 0; at < 4; at++) sum += vectors[first * 4 + at] * vectors[second * 4 + at];
        return sum;
    }

    private static float[] repeat(float[] vector, int times) {
        float[] repeated = new float[vector.length * times];
        for (int at = 0; at < repeated.length; at++) repeated[at] = vector[at % vector.length];
        return repeated;
    }

    private static long[] longs(int[] values) {
        long[] longs = new long[values.length];
        for (int at = 0; at < values.length; at++) longs[at] = values[at];
        return longs;
    }
}
