package dev.headway.jobs;

import java.util.List;

/**
 * Some lines of a trainer's log. Immutable.
 *
 * @param lines the lines, without the blanks at their ends; a very long one is cut and says so
 * @param totalLines how many lines the log has
 * @param offset the number of the first line here, from 0; as asked for if that is past the end
 * @param limit how many lines were asked for
 */
public record LogPage(List<String> lines, long totalLines, long offset, int limit) {
    /** Keeps the list as it is now. */
    public LogPage {
        lines = List.copyOf(lines);
    }
}
