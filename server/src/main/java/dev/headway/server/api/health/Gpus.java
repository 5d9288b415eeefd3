package dev.headway.server.api.health;

import java.util.List;

/**
 * The GPUs of this machine; an immutable value.
 *
 * @param names their names, in the order of their numbers
 */
record Gpus(List<String> names) {
    static final Gpus NONE = new Gpus(List.of());

    Gpus {
        names = List.copyOf(names);
    }

    boolean available() {
        return !names.isEmpty();
    }

    /** Returns the text that clients show: how many, and the name of the first. */
    String info() {
        return available() ? names.size() + "x " + names.get(0) : "No GPU detected";
    }
}
