package dev.headway.server.throttle.rules;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.NetworkSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the first rule that is about a caller; immutable, so threads may share it.
 *
 * <p>Rules are sorted out once, so that a request meets few of them: those that name its user, and those that name no user and are for its
 * tier. Of each list the first one counts that is also for the caller's network, and of the two that which stands first in the policy. A
 * question makes no object, where a rule names no more than a few networks.
 *
 * @param <T> what holds by a rule
 */
public final class RuleIndex<T> {
    private final Map<String, List<Row<T>>> byUser = new HashMap<>();
    private final Map<Tier, List<Row<T>>> byTier = new EnumMap<>(Tier.class);
    private final List<Row<T>> byNothing;

    /** A rule that may be about a caller, with its place in the policy. */
    private record Row<T>(int order, Set<Tier> tiers, NetworkSet networks, T holding) {}

    /** Sorts rules out, in their order. */
    public RuleIndex(List<Entry<T>> entries) {
        for (int order = 0; order < entries.size(); order++) {
            Entry<T> entry = entries.get(order);
            Row<T> row =
                    new Row<>(order, entry.audience().tiers(), entry.audience().networks(), entry.holding());
            entry.audience()
                    .users()
                    .forEach(name -> byUser.computeIfAbsent(name, unknown -> new ArrayList<>())
                            .add(row));
        }
        for (Tier tier : Tier.values()) {
            byTier.put(tier, rows(entries, Optional.of(tier)));
        }
        this.byNothing = rows(entries, Optional.empty());
    }

    /**
     * What holds for whom.
     *
     * @param audience whom a rule is about
     * @param holding what holds by it
     */
    public record Entry<T>(Audience audience, T holding) {}

    /** Returns what holds for a caller by the first rule that is about it, or something else. */
    public T find(Caller caller, T otherwise) {
        if (!(caller.identity() instanceof User user)) {
            return find(List.of(), byNothing, caller, otherwise);
        }
        List<Row<T>> own = byUser.isEmpty() ? List.of() : byUser.getOrDefault(user.name(), List.of());
        List<Row<T>> others =
                user.tier().isPresent() ? byTier.getOrDefault(user.tier().get(), byNothing) : byNothing;
        return find(own, others, caller, otherwise);
    }

    private static <T> T find(List<Row<T>> own, List<Row<T>> others, Caller caller, T otherwise) {
        int ownAt = first(own, caller);
        int otherAt = first(others, caller);
        if (ownAt < own.size()
                && (otherAt == others.size()
                        || own.get(ownAt).order() < others.get(otherAt).order())) {
            return own.get(ownAt).holding();
        }
        return otherAt < others.size() ? others.get(otherAt).holding() : otherwise;
    }

    /** Returns where the first rule stands that is about a caller, or the end of the list. */
    private static <T> int first(List<Row<T>> rows, Caller caller) {
        int at = 0;
        while (at < rows.size() && !isAbout(rows.get(at), caller)) {
            at++;
        }
        return at;
    }

    private static boolean isAbout(Row<?> row, Caller caller) {
        return isInTier(row.tiers(), caller)
                && Audience.isIn(row.networks(), caller.client().address());
    }

    private static boolean isInTier(Set<Tier> tiers, Caller caller) {
        return tiers.isEmpty()
                || (caller.identity() instanceof User user
                        && user.tier().isPresent()
                        && tiers.contains(user.tier().get()));
    }

    /** Returns the rules that name no user and are for a tier, or for whoever has none. */
    private static <T> List<Row<T>> rows(List<Entry<T>> entries, Optional<Tier> tier) {
        List<Row<T>> rows = new ArrayList<>();
        for (int order = 0; order < entries.size(); order++) {
            Audience audience = entries.get(order).audience();
            boolean isForTier = audience.tiers().isEmpty()
                    || tier.filter(audience.tiers()::contains).isPresent();
            if (audience.users().isEmpty() && isForTier) {
                rows.add(new Row<>(
                        order, Set.of(), audience.networks(), entries.get(order).holding()));
            }
        }
        return List.copyOf(rows);
    }
}
