package dev.headway.server.caller;

import dev.headway.server.caller.address.AddressRange;
import dev.headway.server.caller.address.NetworkSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Networks and users that somebody has listed; an immutable value, so threads may share it.
 *
 * @param networks the networks, asked for the very address of a client and not for what it is counted by
 * @param users names of users
 */
public record CallerSet(NetworkSet networks, Set<String> users) {
    private static final String USER = "user:";
    private static final CallerSet NOBODY = union(List.of());

    /** Copies the names. */
    public CallerSet {
        users = Set.copyOf(users);
    }

    /** Returns the set without anybody in it. */
    public static CallerSet nobody() {
        return NOBODY;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::7} or {@code user:alice}.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public static CallerSet parse(String element) {
        return element.startsWith(USER)
                ? new CallerSet(NetworkSet.of(List.of()), Set.of(User.requireName(element.substring(USER.length()))))
                : new CallerSet(NetworkSet.of(List.of(network(element))), Set.of());
    }

    /** Returns everybody who is in one of the sets. */
    public static CallerSet union(List<CallerSet> sets) {
        List<AddressRange> networks = new ArrayList<>();
        Set<String> users = new TreeSet<>();
        for (CallerSet set : sets) {
            networks.addAll(set.networks().ranges());
            users.addAll(set.users());
        }
        return new CallerSet(NetworkSet.of(networks), users);
    }

    /** Returns whether a caller's address or name is listed. */
    public boolean contains(Caller caller) {
        return networks.contains(caller.client().address())
                || (caller.identity() instanceof User user && users.contains(user.name()));
    }

    private static AddressRange network(String element) {
        try {
            return AddressRange.parse(element);
        } catch (IllegalArgumentException complaint) {
            throw new IllegalArgumentException(complaint.getMessage() + ", or users such as user:alice", complaint);
        }
    }
}
