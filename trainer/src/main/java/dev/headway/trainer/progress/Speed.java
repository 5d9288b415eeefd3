package dev.headway.trainer.progress;

/**
 * How fast the run goes, measured over its last steps: older ones count less and less.
 *
 * <p>Only steps are timed, not what happens between them, such as evaluating. Not for more than one thread.
 */
public final class Speed {
    /** What is left of a step's weight one step later: about the last twenty steps count. */
    private static final double MEMORY = 0.95;

    private double samples;
    private double tokens;
    private double seconds;

    /** Notes a step. */
    public void add(long stepSamples, long stepTokens, double stepSeconds) {
        samples = samples * MEMORY + stepSamples;
        tokens = tokens * MEMORY + stepTokens;
        seconds = seconds * MEMORY + stepSeconds;
    }

    /** Returns rows per second, NaN before the first step. */
    public double samplesPerSecond() {
        return samples / seconds;
    }

    /** Returns tokens per second, NaN before the first step. */
    public double tokensPerSecond() {
        return tokens / seconds;
    }
}
