package dev.headway.trainer.data;

import java.util.List;
import java.util.Optional;

/**
 * One element of a data set that a model is examined on; a value, any thread may hold it.
 *
 * @param row the tokens, of which the answer is marked as learnt; without an answer, the whole text
 * @param answer the label, or the one answer at the end, if there is one
 * @param choices the answers to choose from, if the element names them
 */
public record Question(Example row, Optional<String> answer, List<String> choices) {
    /** Copies the choices. */
    public Question {
        choices = List.copyOf(choices);
    }
}
