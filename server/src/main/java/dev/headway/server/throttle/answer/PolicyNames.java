package dev.headway.server.throttle.answer;

import dev.headway.limiter.Limit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The limits of one endpoint, and the names by which clients see them; immutable.
 *
 * <p>A single limit has the name of its class, {@code training-execute}; of several, each adds its window in seconds,
 * {@code training-execute-60}.
 *
 * @param limits the limits
 * @param names their names, in the same order
 * @param lowered those of the limits that hold only while the server is busy
 */
public record PolicyNames(List<Limit> limits, List<String> names, Set<Limit> lowered) {
    /** Names limits after the class of their endpoint, or after the rule that they are of. */
    public static PolicyNames of(String policy, List<Limit> limits) {
        List<String> names = new ArrayList<>();
        for (Limit limit : limits) {
            names.add(
                    limits.size() == 1 ? policy : policy + "-" + limit.window().toSeconds());
        }
        return new PolicyNames(limits, List.copyOf(names), Set.of());
    }

    /** Names limits that hold while the server is busy; those that are none of the usual ones count as lowered. */
    public static PolicyNames whileBusy(String policy, List<Limit> limits, List<Limit> usual) {
        Set<Limit> lowered = new HashSet<>(limits);
        usual.forEach(lowered::remove);
        return new PolicyNames(limits, of(policy, limits).names(), Set.copyOf(lowered));
    }

    /** Returns whether a limit holds only while the server is busy. */
    public boolean isLowered(Limit limit) {
        return lowered.contains(limit);
    }

    /** Returns the name of one of the limits. */
    public String nameOf(Limit limit) {
        return names.get(limits.indexOf(limit));
    }
}
