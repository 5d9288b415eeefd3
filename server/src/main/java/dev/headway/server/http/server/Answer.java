package dev.headway.server.http.server;

import dev.headway.server.http.Response;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** Puts an answer on the wire, with the fields that every answer has; stateless, used on event loops. */
final class Answer {
    private Answer() {}

    /** Sends an answer, after which the connection goes on. */
    static Future<Void> send(Exchange exchange, Response response) {
        exchange.answered(response.status());
        HttpServerResponse wire = exchange.request().response();
        wire.setStatusCode(response.status());
        wire.putHeader(HeaderNames.CONTENT_TYPE, contentType(response));
        wire.putHeader(
                HeaderNames.CONTENT_LENGTH, Integer.toString(response.body().size()));
        wire.putHeader(HeaderNames.DATE, exchange.connection().date().now());
        for (Map.Entry<String, String> field : response.headers().entrySet()) {
            wire.putHeader(field.getKey(), field.getValue());
        }
        exchange.connection()
                .surface()
                .cors()
                .addFields(exchange.request().headers().get(HeaderNames.ORIGIN), wire);
        exchange.ruling().writeFields((field, value) -> wire.putHeader(HeaderNames.of(field), value));
        return wire.end(Wire.buffer(response.body()));
    }

    /** Sends an answer and tells the client that it is the last one on this connection. */
    static void sendLast(Exchange exchange, Response response) {
        exchange.request().response().putHeader(HeaderNames.CONNECTION, HeaderNames.CLOSE);
        send(exchange, response);
    }

    private static CharSequence contentType(Response response) {
        return response.contentType().equals(Response.JSON) ? HeaderNames.JSON : response.contentType();
    }
}
