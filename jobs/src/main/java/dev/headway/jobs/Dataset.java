package dev.headway.jobs;

import tools.jackson.databind.JsonNode;

/** The data set that a request comes with. Immutable. */
public sealed interface Dataset {
    /** No data set: the trainer is told an empty path. */
    record None() implements Dataset {}

    /**
     * Examples that the engine writes into a file of the job's own.
     *
     * @param examples the examples, one for each line; gone through more than once, the same each time, so a large data
     *     set can be read anew instead of being held
     */
    record Examples(Iterable<JsonNode> examples) implements Dataset {}

    /**
     * A file that is there already.
     *
     * @param path the path handed to the trainer as it is; whoever made the request valid has checked it
     */
    record File(String path) implements Dataset {}
}
