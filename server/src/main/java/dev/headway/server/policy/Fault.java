package dev.headway.server.policy;

import dev.headway.server.throttle.rules.Place;

/**
 * Something that is wrong with a policy file, or looks wrong; an immutable value.
 *
 * @param place where
 * @param text what was wrong, the value seen, what is accepted
 */
public record Fault(Place place, String text) {
    /** Returns the fault as compilers write theirs: {@code limits.yaml:7:12: …}. */
    @Override
    public String toString() {
        return place + ": " + text;
    }
}
