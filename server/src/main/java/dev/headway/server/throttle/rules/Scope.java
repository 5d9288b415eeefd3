package dev.headway.server.throttle.rules;

import dev.headway.server.throttle.settings.LimitClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which requests a rule is about; an immutable value.
 *
 * @param classes classes of endpoints
 * @param endpoints endpoints by verb and route template; where both sets are empty, all endpoints that are limited
 */
public record Scope(Set<LimitClass> classes, Set<String> endpoints) {
    /** All endpoints that are limited. */
    public static final Scope EVERYTHING = new Scope(Set.of(), Set.of());

    /** Copies the sets. */
    public Scope {
        classes = Set.copyOf(classes);
        endpoints = Set.copyOf(endpoints);
    }

    /** Returns whether requests to an endpoint are meant. */
    public boolean covers(LimitClass limitClass, String endpoint) {
        return isEverything() || classes.contains(limitClass) || endpoints.contains(endpoint);
    }

    /** Returns whether all endpoints of a class are meant. */
    boolean coversAll(LimitClass limitClass) {
        return isEverything() || classes.contains(limitClass);
    }

    private boolean isEverything() {
        return classes.isEmpty() && endpoints.isEmpty();
    }

    /** Returns the scope in words: {@code class execute}, or verb and route template. */
    @Override
    public String toString() {
        if (isEverything()) {
            return "all endpoints";
        }
        List<String> words = new ArrayList<>();
        new TreeSet<>(classes)
                .forEach(named -> words.add("class " + named.name().toLowerCase(Locale.ROOT)));
        words.addAll(new TreeSet<>(endpoints));
        return String.join(", ", words);
    }
}
