package dev.headway.server.api.schema;

import java.util.ArrayList;
import java.util.List;

/** Places in a request as pydantic writes them; pure functions, safe for all threads. */
final class Location {
    private Location() {}

    static List<Object> body() {
        return List.of("body");
    }

    static List<Object> body(String field) {
        return List.of("body", field);
    }

    static List<Object> query(String name) {
        return List.of("query", name);
    }

    /** Returns the place one step, a name or an index, further in. */
    static List<Object> within(List<Object> outer, Object step) {
        List<Object> inner = new ArrayList<>(outer);
        inner.add(step);
        return List.copyOf(inner);
    }
}
