package dev.headway.jobs;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The data set that a request comes with. Immutable. */
public sealed interface Dataset {
    /** No data set: the trainer is told an empty path. */
    record None() implements Dataset {}

    /**
     * Examples that the engine writes into a file of the job's own.
     *
     * @param examples the examples, one for each line; not to be changed afterwards
     */
    record Examples(List<JsonNode> examples) implements Dataset {
        /** Keeps the list as it is now. */
        public Examples {
            examples = List.copyOf(examples);
        }
    }

    /**
     * A file that is there already.
     *
     * @param path the path handed to the trainer as it is; whoever made the request valid has checked it
     */
    record File(String path) implements Dataset {}
}
