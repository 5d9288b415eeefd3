package dev.headway.trainer.evaluate;

import dev.headway.trainer.data.Example;
import dev.headway.trainer.data.Question;
import dev.headway.trainer.failure.UnusableDataset;
import java.util.List;

/** What must hold of questions before answers can be compared. Stateless; threads may share it. */
final class Questions {
    private Questions() {}

    /** Returns the right answers; throws {@link UnusableDataset} where a question has none. */
    static List<String> answers(List<Question> questions) {
        for (int index = 0; index < questions.size(); index++) {
            if (questions.get(index).answer().isEmpty())
                throw new UnusableDataset("example " + (index + 1) + " has no answer to compare with: neither a label,"
                        + " nor a prompt with a response, nor a conversation in which the assistant speaks once, at"
                        + " the end");
        }
        return questions.stream()
                .map(question -> question.answer().orElseThrow())
                .toList();
    }

    /** Throws {@link UnusableDataset} when a row with its answer is longer than the model can read. */
    static void requireFits(Example row, int number, int maxLength) {
        if (row.length() > maxLength)
            throw new UnusableDataset("example " + number + " with its answer is " + row.length()
                    + " tokens long, more than the " + maxLength + " that the model reads");
    }
}
