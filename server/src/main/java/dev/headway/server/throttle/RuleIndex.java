package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.NetworkSet;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the first rule that is about a caller; immutable, so threads may share it.
 *
 * <p>Rules are sorted out once, so that a request meets few of them: for each user who is named there is a list of the rules that may be
 * about it, for each tier one for its other users, and one for whoever is no user. What is left to compare are networks and, for users
 * who are named, the tier. A question makes no object.
 *
 * @param <T> what holds by a rule
 */
final class RuleIndex<T> {
    private final Map<String, List<Row<T>>> byUser = new HashMap<>();
    private final Map<Tier, List<Row<T>>> byTier = new EnumMap<>(Tier.class);
    private final List<Row<T>> byNothing;

    /** A rule that may be about a caller. */
    private record Row<T>(Set<Tier> tiers, NetworkSet networks, T holding) {}

    /** Sorts rules out, in their order. */
    RuleIndex(List<Entry<T>> entries) {
        Set<String> named = new HashSet<>();
        entries.forEach(entry -> named.addAll(entry.audience().users()));
        named.forEach(name -> byUser.put(name, rowsOfUser(entries, name)));
        for (Tier tier : Tier.values()) {
            byTier.put(tier, rowsOfOthers(entries, Optional.of(tier)));
        }
        this.byNothing = rowsOfOthers(entries, Optional.empty());
    }

    /** A rule's audience with what holds for it. */
    record Entry<T>(Audience audience, T holding) {}

    /** Returns what holds for a caller by the first rule that is about it, or something else. */
    T find(Caller caller, T otherwise) {
        List<Row<T>> rows = rows(caller);
        for (int index = 0; index < rows.size(); index++) {
            Row<T> row = rows.get(index);
            if (isInTier(row.tiers(), caller)
                    && Audience.isIn(row.networks(), caller.client().address())) {
                return row.holding();
            }
        }
        return otherwise;
    }

    private List<Row<T>> rows(Caller caller) {
        if (!(caller.identity() instanceof User user)) {
            return byNothing;
        }
        List<Row<T>> others =
                user.tier().isPresent() ? byTier.getOrDefault(user.tier().get(), byNothing) : byNothing;
        return byUser.isEmpty() ? others : byUser.getOrDefault(user.name(), others);
    }

    private static boolean isInTier(Set<Tier> tiers, Caller caller) {
        return tiers.isEmpty()
                || (caller.identity() instanceof User user
                        && user.tier().isPresent()
                        && tiers.contains(user.tier().get()));
    }

    private static <T> List<Row<T>> rowsOfUser(List<Entry<T>> entries, String name) {
        List<Row<T>> rows = new ArrayList<>();
        for (Entry<T> entry : entries) {
            Audience audience = entry.audience();
            if (audience.users().isEmpty() || audience.users().contains(name)) {
                rows.add(new Row<>(audience.tiers(), audience.networks(), entry.holding()));
            }
        }
        return List.copyOf(rows);
    }

    private static <T> List<Row<T>> rowsOfOthers(List<Entry<T>> entries, Optional<Tier> tier) {
        List<Row<T>> rows = new ArrayList<>();
        for (Entry<T> entry : entries) {
            Audience audience = entry.audience();
            boolean isInTier = audience.tiers().isEmpty()
                    || tier.filter(audience.tiers()::contains).isPresent();
            if (audience.users().isEmpty() && isInTier) {
                rows.add(new Row<>(Set.of(), audience.networks(), entry.holding()));
            }
        }
        return List.copyOf(rows);
    }
}
