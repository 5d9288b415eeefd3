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
        return write(exchange, response);
    }

    /** Sends an answer and tells the client that it is the last one on this connection. */
    static void sendLast(Exchange exchange, Response response) {
        exchange.request().response().putHeader(Names.CONNECTION, Names.CLOSE);
        write(exchange, response);
    }

    private static Future<Void> write(Exchange exchange, Response response) {
        exchange.answered(response.status());
        HttpServerResponse wire = exchange.request().response();
        wire.setStatusCode(response.status());
        wire.putHeader(Names.CONTENT_TYPE, contentType(response));
        wire.putHeader(Names.CONTENT_LENGTH, Integer.toString(response.body().size()));
        wire.putHeader(Names.DATE, exchange.connection().date().now());
        for (Map.Entry<String, String> field : response.headers().entrySet()) {
            wire.putHeader(field.getKey(), field.getValue());
        }
        exchange.connection()
                .surface()
                .cors()
                .addFields(exchange.request().headers().get(Names.ORIGIN), wire);
        exchange.ruling().writeFields((field, value) -> wire.putHeader(Names.of(field), value));
        return wire.end(Wire.buffer(response.body()));
    }

    private static CharSequence contentType(Response response) {
        return response.contentType().equals(Response.JSON) ? Names.JSON : response.contentType();
    }
}
