package dev.headway.trainer.config;

/**
 * How far the weights move in a step; a value, any thread may hold it.
 *
 * @param learningRate the highest rate, reached after the warm-up
 * @param weightDecay the share of a matrix that is taken off per unit of learning rate
 * @param beta1 the memory of the mean gradient, from 0 to below 1
 * @param beta2 the memory of the mean square, from 0 to below 1
 * @param epsilon added to the root of the mean square
 * @param maxGradientNorm the length to which longer gradients are cut; 0 leaves them as they are
 */
public record OptimizerSettings(
        double learningRate, double weightDecay, double beta1, double beta2, double epsilon, double maxGradientNorm) {
    static OptimizerSettings read(Section training) {
        return new OptimizerSettings(
                training.number("learning_rate", 1e-3, rate -> rate > 0, "a number > 0"),
                training.number("weight_decay", 0, decay -> decay >= 0, "a number >= 0"),
                training.number("adam_beta1", 0.9, OptimizerSettings::isShare, "a number from 0 to below 1"),
                training.number("adam_beta2", 0.999, OptimizerSettings::isShare, "a number from 0 to below 1"),
                training.number("adam_epsilon", 1e-8, epsilon -> epsilon > 0, "a number > 0"),
                training.number("max_grad_norm", 1, norm -> norm >= 0, "a number >= 0"));
    }

    private static boolean isShare(double value) {
        return value >= 0 && value < 1;
    }
}
