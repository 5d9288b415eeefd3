package dev.headway.server.api.schema;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Refuses strings with half a surrogate pair, which escapes such as {@code "\ud800"} smuggle past every check of the
 * encoding and which no answer, file or database could carry; for one body, one thread.
 */
final class Surrogates {
    private final SchemaProblems problems = new SchemaProblems();

    private Surrogates() {}

    /** Ends the request with 422 if any string or name in the value is not Unicode. */
    static void check(JsonNode value) {
        Surrogates search = new Surrogates();
        search.visit(value, Location.body());
        search.problems.check();
    }

    private void visit(JsonNode value, List<Object> location) {
        if (value.isString() && !Unicode.isWellFormed(value.stringValue())) {
            problems.add(SchemaProblem.notUnicode(location, value));
        }
        value.properties().forEach(member -> visitMember(member.getKey(), member.getValue(), location));
        if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                visit(value.get(index), Location.within(location, index));
            }
        }
    }

    private void visitMember(String name, JsonNode value, List<Object> location) {
        List<Object> inside = Location.within(location, Unicode.repaired(name));
        if (!Unicode.isWellFormed(name)) {
            problems.add(SchemaProblem.notUnicode(inside, value));
        }
        visit(value, inside);
    }
}
