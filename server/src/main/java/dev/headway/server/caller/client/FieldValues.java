package dev.headway.server.caller.client;

import java.util.List;

/** The header fields of one request, as far as finding out who sent it needs them. */
@FunctionalInterface
public interface FieldValues {
    /** Returns the values of all fields of this name, in the order they came; empty when there is none. */
    List<String> all(String name);
}
