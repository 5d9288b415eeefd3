package dev.headway.server.throttle.rules;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.address.NetworkSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose requests a rule is about: whoever is in each of the sets that are not empty; an immutable value.
 *
 * @param tiers tiers of users
 * @param users names of users
 * @param networks networks, asked for the very address of a client and not for what it is counted by
 */
public record Audience(Set<Tier> tiers, Set<String> users, NetworkSet networks) {
    private static final NetworkSet ANYWHERE = NetworkSet.of(List.of());

    /** Everybody. */
    public static final Audience EVERYBODY = new Audience(Set.of(), Set.of(), ANYWHERE);

    /** Copies the sets. */
    public Audience {
        tiers = Set.copyOf(tiers);
        users = Set.copyOf(users);
    }

    /** Returns whether a caller is meant. */
    public boolean contains(Caller caller) {
        return findMismatch(caller).isEmpty();
    }

    /** Returns whether everybody who is meant by another audience is meant by this one. */
    public boolean containsAll(Audience other) {
        return (tiers.isEmpty() || (!other.tiers.isEmpty() && tiers.containsAll(other.tiers)))
                && (users.isEmpty() || (!other.users.isEmpty() && users.containsAll(other.users)))
                && (networks.isEmpty() || (!other.networks.isEmpty() && networks.containsAll(other.networks)));
    }

    /** Returns in words why a caller is not meant, if it is not: {@code it is for tier pro}. */
    public Optional<String> findMismatch(Caller caller) {
        if (!users.isEmpty() && !(caller.identity() instanceof User user && users.contains(user.name()))) {
            return Optional.of("it is for " + words(users.size() == 1 ? "user " : "users ", users));
        }
        if (!tiers.isEmpty() && !(caller.identity() instanceof User user && isInTier(user))) {
            return Optional.of("it is for " + words(tiers.size() == 1 ? "tier " : "tiers ", tiers));
        }
        if (!isIn(networks, caller.client().address())) {
            return Optional.of("it is for network " + networks);
        }
        return Optional.empty();
    }

    /** Returns whether an address is in one of the networks, or no network is named. */
    static boolean isIn(NetworkSet networks, ClientAddress address) {
        return networks.isEmpty() || networks.contains(address);
    }

    private boolean isInTier(User user) {
        return user.tier().isPresent() && tiers.contains(user.tier().get());
    }

    private static String words(String kind, Set<?> names) {
        return kind
                + String.join(
                        ", ", new TreeSet<>(names.stream().map(Object::toString).toList()));
    }

    /** Returns the audience in words: {@code everybody}, or {@code tier pro, network 10.0.0.0/8}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        if (!users.isEmpty()) {
            words.add(words("user ", users));
        }
        if (!tiers.isEmpty()) {
            words.add(words("tier ", tiers));
        }
        if (!networks.isEmpty()) {
            words.add("network " + networks);
        }
        return words.isEmpty() ? "everybody" : String.join(", ", words);
    }
}
