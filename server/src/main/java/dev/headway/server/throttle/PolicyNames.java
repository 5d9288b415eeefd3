package dev.headway.server.throttle;

import dev.headway.limiter.Limit;
import java.util.ArrayList;
import java.util.List;

/**
 * The names by which clients see the limits of one endpoint; immutable.
 *
 * <p>A single limit has the name of its class, {@code training-execute}; of several, each adds its window in seconds,
 * {@code training-execute-60}.
 */
record PolicyNames(List<Limit> limits, List<String> names) {
    static PolicyNames of(String policy, List<Limit> limits) {
        List<String> names = new ArrayList<>();
        for (Limit limit : limits) {
            names.add(
                    limits.size() == 1 ? policy : policy + "-" + limit.window().toSeconds());
        }
        return new PolicyNames(limits, List.copyOf(names));
    }

    String nameOf(Limit limit) {
        return names.get(limits.indexOf(limit));
    }
}
