package dev.headway.server.http.server;

import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Turns header fields into the map that handlers see; stateless. */
final class HeaderFields {
    private HeaderFields() {}

    /** Returns the fields by lower-case name, those of one name joined by a comma. */
    static Map<String, String> of(MultiMap headers) {
        Map<String, String> fields = new HashMap<>();
        headers.forEach((name, value) ->
                fields.merge(name.toLowerCase(Locale.ROOT), value, (first, next) -> first + ", " + next));
        return fields;
    }
}
