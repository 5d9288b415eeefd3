package dev.headway.server.api.schema;

import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with one request, to be reported together; for one thread. */
final class SchemaProblems {
    private static final int UNPROCESSABLE = 422;

    private final List<SchemaProblem> found = new ArrayList<>();

    void add(SchemaProblem problem) {
        found.add(problem);
    }

    /** Ends the request with 422 if anything was found. */
    void check() {
        if (!found.isEmpty()) {
            throw answer(found);
        }
    }

    /** Returns the answer to a request with a single problem that hides all others. */
    static HttpProblem only(SchemaProblem problem) {
        return answer(List.of(problem));
    }

    private static HttpProblem answer(List<SchemaProblem> problems) {
        List<Map<String, Object>> items =
                problems.stream().map(SchemaProblem::wire).toList();
        return new HttpProblem(Response.json(UNPROCESSABLE, Map.of("detail", items)));
    }
}
