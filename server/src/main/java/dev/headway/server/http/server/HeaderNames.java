package dev.headway.server.http.server;

import dev.headway.server.http.Response;
import dev.headway.server.throttle.answer.RateField;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import java.util.EnumMap;
import java.util.Map;

/** Names and values of header fields in the form that costs least to send; constants. */
final class HeaderNames {
    static final CharSequence CONTENT_LENGTH = HttpHeaders.CONTENT_LENGTH;
    static final CharSequence CONTENT_TYPE = HttpHeaders.CONTENT_TYPE;
    static final CharSequence CONTENT_ENCODING = HttpHeaders.CONTENT_ENCODING;
    static final CharSequence TRANSFER_ENCODING = HttpHeaders.TRANSFER_ENCODING;
    static final CharSequence EXPECT = HttpHeaders.createOptimized("expect");
    static final CharSequence DATE = HttpHeaders.createOptimized("date");
    static final CharSequence AUTHORIZATION = HttpHeaders.createOptimized("authorization");
    static final CharSequence API_KEY = HttpHeaders.createOptimized("x-api-key");
    static final CharSequence ORIGIN = HttpHeaders.ORIGIN;
    static final CharSequence CONNECTION = HttpHeaders.CONNECTION;
    static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
    static final CharSequence JSON = AsciiString.cached(Response.JSON);

    private static final Map<RateField, CharSequence> RATE_FIELDS = rateFields();

    private HeaderNames() {}

    static CharSequence of(RateField field) {
        return RATE_FIELDS.getOrDefault(field, field.fieldName());
    }

    private static Map<RateField, CharSequence> rateFields() {
        Map<RateField, CharSequence> names = new EnumMap<>(RateField.class);
        for (RateField field : RateField.values()) {
            names.put(field, HttpHeaders.createOptimized(field.fieldName()));
        }
        return names;
    }
}
