package dev.headway.trainer.loop;

/**
 * What an optimizer step brought; a value, any thread may hold it.
 *
 * @param loss the mean loss over the step's learnt tokens, before the weights moved
 * @param gradientNorm the length of the gradient before it was cut, NaN when the loss was not finite
 * @param learningRate the rate of the step
 * @param samples the rows read
 * @param tokens the tokens read
 */
record StepResult(double loss, double gradientNorm, double learningRate, long samples, long tokens) {}
