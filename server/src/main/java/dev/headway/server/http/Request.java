package dev.headway.server.http;

import dev.headway.server.caller.Caller;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One admitted, authenticated request whose body has arrived; immutable, so threads may share it.
 *
 * @param method the verb; HEAD arrives as GET
 * @param path the path as the client wrote it, not decoded
 * @param pathParameters the segments that the route's template names, decoded once; never empty, ".", ".." nor with a
 *     slash, a backslash or a NUL in them
 * @param queryParameters the decoded query, the last value where a name comes twice
 * @param headers the header fields by lower-case name, values of repeated fields joined by ", "
 * @param body the bytes, empty where the route ignores them
 * @param caller who asks
 */
public record Request(
        Method method,
        String path,
        Map<String, String> pathParameters,
        Map<String, String> queryParameters,
        Map<String, String> headers,
        Body body,
        Caller caller) {
    /** Copies the maps. */
    public Request {
        pathParameters = Map.copyOf(pathParameters);
        queryParameters = Map.copyOf(queryParameters);
        headers = Map.copyOf(headers);
    }

    /** Returns a request from this machine, without parameters, headers and body: what tests of a handler start from. */
    public static Request of(Method method, String path) {
        return new Request(method, path, Map.of(), Map.of(), Map.of(), Body.empty(), Caller.LOCAL);
    }

    /** Returns this request with other path parameters. */
    public Request withPathParameters(Map<String, String> others) {
        return new Request(method, path, others, queryParameters, headers, body, caller);
    }

    /** Returns this request with another query. */
    public Request withQueryParameters(Map<String, String> others) {
        return new Request(method, path, pathParameters, others, headers, body, caller);
    }

    /** Returns this request with other headers, named in lower case. */
    public Request withHeaders(Map<String, String> others) {
        return new Request(method, path, pathParameters, queryParameters, others, body, caller);
    }

    /** Returns this request with another body. */
    public Request withBody(Body other) {
        return new Request(method, path, pathParameters, queryParameters, headers, other, caller);
    }

    /** Returns the segment that the route's template calls by this name; it is there if the template has it. */
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the route has no path parameter \"" + name + "\"; it has " + pathParameters.keySet());
        }
        return value;
    }

    /** Finds the last value that the query gives for a name. */
    public Optional<String> queryParameter(String name) {
        return Optional.ofNullable(queryParameters.get(name));
    }

    /** Finds a header field by its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
