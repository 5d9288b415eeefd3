package dev.headway.trainer.model;

import dev.headway.trainer.text.ByteTokenizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The models that start from random weights: small enough to learn something on a CPU in minutes. */
public enum BuiltInModel {
    /** About 0.8 million weights. */
    NANO(128, 352, 4, 4, 2),
    /** About 3 million weights. */
    MICRO(256, 704, 4, 8, 4),
    /** About 9 million weights. */
    MINI(320, 864, 8, 10, 5);

    private static final String PREFIX = "headway/";
    private static final int MAX_LENGTH = 4096;
    private static final double NORM_EPSILON = 1e-5;
    private static final double ROTARY_BASE = 10_000;
    /** Vocabularies are filled up to a multiple of this, which matrix kernels like; the ids on top are never used. */
    private static final int VOCABULARY_MULTIPLE = 8;

    private final int width;
    private final int innerWidth;
    private final int layers;
    private final int heads;
    private final int keyValueHeads;

    BuiltInModel(int width, int innerWidth, int layers, int heads, int keyValueHeads) {
        this.width = width;
        this.innerWidth = innerWidth;
        this.layers = layers;
        this.heads = heads;
        this.keyValueHeads = keyValueHeads;
    }

    private static int vocabulary() {
        return (ByteTokenizer.size() + VOCABULARY_MULTIPLE - 1) / VOCABULARY_MULTIPLE * VOCABULARY_MULTIPLE;
    }

    /** Returns the model of a name such as {@code headway/nano}. */
    public static Optional<BuiltInModel> find(String name) {
        return Arrays.stream(values())
                .filter(model -> model.wireName().equals(name))
                .findFirst();
    }

    /** Returns all names, separated by commas. */
    public static String names() {
        return Arrays.stream(values()).map(BuiltInModel::wireName).collect(Collectors.joining(", "));
    }

    /** Returns the name used in configurations. */
    public String wireName() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }

    /** Returns the model's sizes. */
    public ModelShape shape() {
        return new ModelShape(
                vocabulary(),
                width,
                innerWidth,
                layers,
                heads,
                keyValueHeads,
                width / heads,
                MAX_LENGTH,
                NORM_EPSILON,
                ROTARY_BASE,
                true);
    }
}
