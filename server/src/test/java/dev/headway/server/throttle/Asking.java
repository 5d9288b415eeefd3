package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Client;
import dev.headway.server.throttle.answer.RateField;
import dev.headway.server.throttle.answer.Ruling;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Callers as tests name them, and what becomes of their requests. */
final class Asking {
    private Asking() {}

    static Caller caller(Identity identity, String address) {
        ClientAddress found = ClientAddress.find(address).orElseThrow();
        return new Caller(new Client(found, found), identity);
    }

    static Caller anonymous(String address) {
        return caller(Identity.ANONYMOUS, address);
    }

    static Caller user(String name, String address) {
        return caller(new User(name, Optional.empty()), address);
    }

    static Caller user(String name, String address, Tier tier) {
        return caller(new User(name, Optional.of(tier)), address);
    }

    /** Decides so often and returns how many requests went on. */
    static int admitted(EndpointLimit limit, Caller caller, int times) {
        int admitted = 0;
        for (int time = 0; time < times; time++) {
            Ruling ruling = limit.decide(caller);
            admitted += ruling instanceof Ruling.Admitted || ruling instanceof Ruling.Unlimited ? 1 : 0;
        }
        return admitted;
    }

    /** Returns the header fields that go with an answer. */
    static Map<RateField, String> fields(Ruling ruling) {
        Map<RateField, String> fields = new EnumMap<>(RateField.class);
        ruling.writeFields(fields::put);
        return fields;
    }

    /** Returns the body of a refusal. */
    static String body(Ruling ruling) {
        return text(((Ruling.Refused) ruling).body(Optional.empty()));
    }

    /** Returns the body of a refusal as problem details. */
    static String problem(Ruling ruling) {
        return text(((Ruling.Refused) ruling).problemBody(Optional.empty()));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
