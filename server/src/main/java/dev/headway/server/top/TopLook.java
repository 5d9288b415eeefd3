package dev.headway.server.top;

import dev.headway.server.http.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Who was refused most often at one moment; immutable.
 *
 * @param since since when refusals are counted, in UTC
 * @param refused how many there were of all clients
 * @param clients the clients, most refused first
 */
record TopLook(String since, long refused, List<Refused> clients) {
    /**
     * One client.
     *
     * @param client by what name it is counted
     * @param atMost how often it was refused at most
     * @param atLeast how often at least
     */
    record Refused(String client, long atMost, long atLeast) {}

    TopLook {
        clients = List.copyOf(clients);
    }

    /**
     * Reads what a server answers.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static TopLook parse(String json) {
        JsonNode answer = tree(json);
        if (!answer.path("clients").isArray() || !answer.path("refused").isNumber()) {
            throw new IllegalArgumentException("the answer is not a list of refused clients");
        }
        List<Refused> clients = new ArrayList<>();
        for (JsonNode client : answer.path("clients")) {
            clients.add(new Refused(
                    client.path("client").asString(""),
                    client.path("refused").asLong(0),
                    client.path("refused_at_least").asLong(0)));
        }
        return new TopLook(
                answer.path("since").asString(""), answer.path("refused").asLong(0), clients);
    }

    private static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException("the answer is not JSON", notJson);
        }
    }
}
