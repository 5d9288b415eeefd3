package dev.headway.server.throttle.rules;

/**
 * Where something stands in a policy file; an immutable value.
 *
 * @param file the name of the file
 * @param line from 1
 * @param column from 1
 */
public record Place(String file, int line, int column) {
    /** Returns the place so many characters further on in the line. */
    public Place plus(int columns) {
        return new Place(file, line, column + columns);
    }

    /** Returns the place as compilers write it, {@code limits.yaml:7:12}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
