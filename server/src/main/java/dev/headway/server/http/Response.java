package dev.headway.server.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer, complete in memory; immutable, so threads may share it.
 *
 * @param status the HTTP status
 * @param contentType the media type of the body
 * @param headers further header fields by lower-case name, in the order they are sent; Content-Length, Date, the CORS and
 *     the rate limit fields are added by the server
 * @param body the bytes
 */
public record Response(int status, String contentType, Map<String, String> headers, Body body) {
    /** The media type of JSON. */
    public static final String JSON = "application/json";

    private static final String TEXT = "text/plain; charset=utf-8";

    /** Copies the headers, keeping their order. */
    public Response {
        headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Returns a value written as compact JSON, nulls included. */
    public static Response json(int status, Object value) {
        return new Response(status, JSON, Map.of(), Body.of(Json.write(value)));
    }

    /** Returns the error shape {@code {"detail":"text"}}. */
    public static Response detail(int status, String text) {
        return json(status, Map.of("detail", text));
    }

    /** Returns plain text. */
    public static Response text(int status, String text) {
        return new Response(status, TEXT, Map.of(), Body.of(text));
    }

    /** Returns this answer with one more header field. */
    public Response withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, contentType, more, body);
    }
}
