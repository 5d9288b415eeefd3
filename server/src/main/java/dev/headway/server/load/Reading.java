package dev.headway.server.load;

/** What one look at the load has found; immutable. */
sealed interface Reading {
    /**
     * How busy it is.
     *
     * @param value percent, or jobs that wait
     */
    record Level(double value) implements Reading {}

    /**
     * Nobody can say.
     *
     * @param reason why, as a part of a sentence
     */
    record Unknown(String reason) implements Reading {}
}
