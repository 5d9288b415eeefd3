package dev.headway.server.api.errors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What went wrong in a job (contract B1.12); an immutable value.
 *
 * <p>Only the end of the output is looked at, as far as {@link #MAX_LINES}, so that a log of a gigabyte costs no more than
 * another.
 *
 * @param jobId the job
 * @param errorSummary why the job failed, if it did
 * @param errors errors and warnings, each once with a count, latest first
 * @param traceback the last one of a Python program
 * @param errorCount how many there are
 * @param uniqueErrorCount how many of them differ by more than numbers
 */
public record ErrorReport(
        String jobId,
        Optional<String> errorSummary,
        List<Entry> errors,
        Optional<Object> traceback,
        int errorCount,
        int uniqueErrorCount) {
    /** How many lines, the last ones, are looked at. */
    public static final int MAX_LINES = 10_000;

    /** Copies the errors. */
    public ErrorReport {
        errors = List.copyOf(errors);
    }

    /** Looks through the lines of an output. */
    public static ErrorReport of(String jobId, Optional<String> summary, List<String> lines) {
        List<LoggedError> found =
                lines.stream().flatMap(line -> LoggedError.find(line).stream()).toList();
        List<Entry> entries = entries(found);
        return new ErrorReport(
                jobId, summary, entries, Traceback.last(lines).map(Object.class::cast), found.size(), entries.size());
    }

    private static List<Entry> entries(List<LoggedError> found) {
        Map<String, List<LoggedError>> alike = new LinkedHashMap<>();
        found.forEach(error ->
                alike.computeIfAbsent(error.key(), key -> new ArrayList<>()).add(error));
        return alike.entrySet().stream()
                .map(group -> Entry.of(group.getKey(), group.getValue()))
                .sorted(Comparator.comparing(Entry::timestamp).reversed().thenComparingInt(Entry::count))
                .toList();
    }

    /** Errors that are alike: the first of them, and how many there are. */
    public record Entry(String timestamp, String level, String phase, String message, String dedupeKey, int count) {
        static Entry of(String key, List<LoggedError> alike) {
            LoggedError first = alike.get(0);
            return new Entry(first.timestamp(), first.level(), first.phase(), first.message(), key, alike.size());
        }
    }
}
