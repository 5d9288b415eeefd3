package dev.headway.server.http.routing;

import dev.headway.server.http.Access;
import dev.headway.server.http.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the endpoint for a verb and a raw path; immutable, so threads may share it.
 *
 * <p>A path without parameters costs one look into a hash table; the templates are tried one after the other, which for
 * some twenty of them costs less than being clever.
 */
public final class Router {
    private final Map<String, Map<Method, Endpoint>> literal;
    private final List<Pattern> patterns;

    private record Pattern(Template template, Endpoint endpoint) {}

    private Router(Map<String, Map<Method, Endpoint>> literal, List<Pattern> patterns) {
        this.literal = literal;
        this.patterns = patterns;
    }

    /** Returns a router over endpoints in the order in which they are declared. */
    public static Router of(List<Endpoint> endpoints) {
        Map<String, Map<Method, Endpoint>> literal = new HashMap<>();
        List<Pattern> patterns = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            Template template = new Template(endpoint.route().template());
            if (template.isLiteral()) {
                literal.computeIfAbsent(template.text(), path -> new EnumMap<>(Method.class))
                        .putIfAbsent(endpoint.route().method(), endpoint);
            } else {
                patterns.add(new Pattern(template, endpoint));
            }
        }
        return new Router(literal, List.copyOf(patterns));
    }

    /** Finds what answers a verb on a raw path. */
    public Optional<Match> find(Method method, String path) {
        Endpoint exact = literal.getOrDefault(path, Map.of()).get(method);
        if (exact != null) {
            return Optional.of(new Match(exact, Optional.empty(), path));
        }
        for (Pattern pattern : patterns) {
            if (pattern.endpoint().route().method() == method
                    && pattern.template().matches(path)) {
                return Optional.of(new Match(pattern.endpoint(), Optional.of(pattern.template()), path));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the verbs that a raw path answers, in alphabetical order; empty when there is no such path.
     *
     * <p>The operator's routes are left out, since whoever shows no key is not to learn that they are there.
     */
    public Set<String> allowed(String path) {
        Stream<Endpoint> exact = literal.getOrDefault(path, Map.of()).values().stream();
        Stream<Endpoint> templates = patterns.stream()
                .filter(pattern -> pattern.template().matches(path))
                .map(Pattern::endpoint);
        Set<String> verbs = new TreeSet<>();
        Stream.concat(exact, templates)
                .map(Endpoint::route)
                .filter(route -> route.access() != Access.OPERATOR_KEY)
                .forEach(route -> verbs.add(route.method().name()));
        if (verbs.contains(Method.GET.name())) {
            verbs.add("HEAD");
        }
        return verbs;
    }
}
