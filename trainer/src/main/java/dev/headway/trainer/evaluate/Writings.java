package dev.headway.trainer.evaluate;

import java.util.List;

/**
 * How close written answers came to the expected ones; a value, any thread may hold it.
 *
 * <p>The error rate is taken over all letters of all answers together, so that long answers count as much as they are
 * long. It exceeds 1 when more is written than was expected.
 *
 * @param answers how many there are
 * @param exact how many are exactly right
 * @param wrongLetters how many letters would have to be changed
 * @param letters how many letters were expected
 */
record Writings(int answers, int exact, long wrongLetters, long letters) {
    static Writings of(List<Answer> answers) {
        return new Writings(
                answers.size(),
                (int) answers.stream().filter(Answer::isExact).count(),
                answers.stream()
                        .mapToLong(answer -> EditDistance.between(answer.given(), answer.expected()))
                        .sum(),
                answers.stream()
                        .mapToLong(answer -> answer.expected().codePoints().count())
                        .sum());
    }

    /** Returns the share of exactly right answers, 0 of none. */
    double exactMatch() {
        return answers == 0 ? 0 : (double) exact / answers;
    }

    /** Returns the changes per expected letter; NaN when no letter was expected. */
    double charErrorRate() {
        return letters == 0 ? Double.NaN : (double) wrongLetters / letters;
    }
}
