package dev.headway.server.api.submission;

import dev.headway.server.http.Json;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * JSON values that lie in one long text, each read only when it is come to; for one thread until all are added, then for
 * any number.
 *
 * <p>Two million examples read into objects take ten times the memory of their text, so only where each begins and ends is
 * kept, and whoever goes through them has one in memory at a time.
 */
final class Slices implements Iterable<JsonNode> {
    private static final int FIRST_ROOM = 64;

    private final String text;
    private int[] bounds = new int[FIRST_ROOM];
    private int count;

    /** Begins without a value. */
    Slices(String text) {
        this.text = text;
    }

    /** Adds the value between two indexes if it can be read, and returns whether it could. */
    boolean add(int start, int end) {
        if (parsed(text.substring(start, end)).isEmpty()) {
            return false;
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
        return true;
    }

    int size() {
        return count;
    }

    JsonNode get(int index) {
        return Json.mapper().readTree(text.substring(bounds[2 * index], bounds[2 * index + 1]));
    }

    @Override
    public Iterator<JsonNode> iterator() {
        return IntStream.range(0, count).mapToObj(this::get).iterator();
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.of(Json.mapper().readTree(json));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
