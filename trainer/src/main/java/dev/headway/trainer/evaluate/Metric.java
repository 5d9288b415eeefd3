package dev.headway.trainer.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be measured of a model, in the order in which it is told. */
public enum Metric {
    /** The share of answers that are chosen rightly. */
    ACCURACY(Kind.CHOICE),
    /** Of what is called so, the share that is so; the mean over the labels. */
    PRECISION(Kind.CHOICE),
    /** Of what is so, the share that is called so; the mean over the labels. */
    RECALL(Kind.CHOICE),
    /** The harmonic mean of both; the mean over the labels. */
    F1(Kind.CHOICE),
    /** The mean surprise per learnt token, in nats. */
    LOSS(Kind.LIKELIHOOD),
    /** The exponential of the loss. */
    PERPLEXITY(Kind.LIKELIHOOD),
    /** The share of answers that are written exactly as expected. */
    EXACT_MATCH(Kind.WRITING),
    /** How many letters of the written answers would have to be changed, per letter of the expected ones. */
    CHAR_ERROR_RATE(Kind.WRITING);

    /** How a metric is come by. */
    enum Kind {
        /** By which of some answers is the likeliest. */
        CHOICE,
        /** By how likely what stands in the data set is. */
        LIKELIHOOD,
        /** By what the model writes itself. */
        WRITING
    }

    private final Kind kind;

    Metric(Kind kind) {
        this.kind = kind;
    }

    /** Returns the metric of a name such as {@code char_error_rate}. */
    public static Optional<Metric> find(String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.wireName().equals(name))
                .findFirst();
    }

    /** Returns all names, separated by commas. */
    public static String names() {
        return Arrays.stream(values()).map(Metric::wireName).collect(Collectors.joining(", "));
    }

    /** Returns the name used in requests and answers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Kind kind() {
        return kind;
    }
}
