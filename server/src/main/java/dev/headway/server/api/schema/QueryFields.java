package dev.headway.server.api.schema;

import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Request;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The parameters of a query, read in the order in which the API declares them; for one request, one thread.
 *
 * <p>Works like {@link BodyFields}: read all, then {@link #check()}.
 */
public final class QueryFields {
    private final Request request;
    private final SchemaProblems problems = new SchemaProblems();

    private QueryFields(Request request) {
        this.request = request;
    }

    /** Returns the query of a request. */
    public static QueryFields of(Request request) {
        return new QueryFields(request);
    }

    /** Returns a whole number, or the fallback where the query does not name it. */
    public long integer(String name, long fallback) {
        Optional<String> value = request.queryParameter(name);
        if (value.isEmpty()) {
            return fallback;
        }
        OptionalLong number = Integers.find(value.get());
        if (number.isEmpty()) {
            problems.add(SchemaProblem.unreadableInteger(
                    Location.query(name), JsonNodeFactory.instance.stringNode(value.get())));
        }
        return number.orElse(fallback);
    }

    /**
     * Ends the request if any parameter read so far was not as it should be.
     *
     * @throws HttpProblem with 422 and every problem in the order of reading
     */
    public void check() {
        problems.check();
    }
}
