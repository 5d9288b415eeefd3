package dev.headway.trainer.evaluate;

/**
 * What a model answered to an example; a value, any thread may hold it.
 *
 * @param prompt what it was given
 * @param expected what the data set has as the answer
 * @param given what it wrote
 * @param hasEnded whether it came to an end, and was not cut off
 * @param isExact whether it wrote the expected tokens, all of them, and then ended
 */
public record Answer(String prompt, String expected, String given, boolean hasEnded, boolean isExact) {
    /** Returns what it wrote, with dots where it was cut off. */
    public String shown() {
        return given + (hasEnded ? "" : "…");
    }
}
