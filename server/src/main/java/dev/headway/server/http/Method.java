package dev.headway.server.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The verbs that a route can answer; an immutable value.
 *
 * <p>HEAD is not here because every GET route answers it, nor OPTIONS, which the server answers by itself.
 */
public enum Method {
    /** Reads. */
    GET,
    /** Acts. */
    POST,
    /** Replaces. */
    PUT,
    /** Changes in part. */
    PATCH,
    /** Removes. */
    DELETE;

    private static final Map<String, Method> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));

    /** Returns the method that this token of a request line names, told apart by case as HTTP has it. */
    public static Optional<Method> find(String token) {
        return Optional.ofNullable(BY_NAME.get(token));
    }
}
