package dev.headway.trainer.config;

/**
 * How rows are put together; a value, any thread may hold it.
 *
 * @param batchSize rows in one pass through the network
 * @param evaluationBatchSize the same while evaluating
 * @param accumulation passes before the weights move
 * @param maxLength the tokens of a row at most; longer ones are cut
 * @param packing whether short examples share a row
 */
public record BatchSettings(int batchSize, int evaluationBatchSize, int accumulation, int maxLength, boolean packing) {
    private static final int LARGEST = 1 << 20;

    static BatchSettings read(Section training) {
        int batchSize = atLeast(1, training, "batch_size", 8);
        return new BatchSettings(
                batchSize,
                atLeast(1, training, "eval_batch_size", batchSize),
                atLeast(1, training, "gradient_accumulation_steps", 1),
                atLeast(2, training, "max_length", 1024),
                training.flag("packing", false));
    }

    private static int atLeast(int smallest, Section training, String key, int fallback) {
        String accepted = "a whole number from " + smallest + " to " + LARGEST;
        return (int) training.whole(key, fallback, value -> value >= smallest && value <= LARGEST, accepted);
    }
}
