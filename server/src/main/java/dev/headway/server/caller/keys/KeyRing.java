package dev.headway.server.caller.keys;

import dev.headway.server.caller.Identity;
import dev.headway.server.caller.User;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of all users; immutable, so threads may share it.
 *
 * <p>How long a look-up takes tells a guesser nothing. What is shown is hashed before anything is looked at, the table is
 * asked for the first eight bytes of the digest, which nobody can choose, and then two whole digests are compared in
 * constant time, whether there was something in the table or not.
 */
public final class KeyRing {
    private static final KeyRing EMPTY = new KeyRing(List.of());
    private static final Slot NOTHING = new Slot(KeyDigest.ofNothing(), Identity.STRANGER);

    private final List<KeyEntry> entries;
    private final Map<Long, Slot> slots;

    private record Slot(KeyDigest digest, Identity owner) {}

    private KeyRing(List<KeyEntry> entries) {
        this.entries = List.copyOf(entries);
        Map<Long, Slot> filled = new HashMap<>();
        for (KeyEntry entry : entries) {
            filled.put(entry.digest().beginning(), new Slot(entry.digest(), entry.user()));
        }
        this.slots = Map.copyOf(filled);
    }

    /** Returns a ring with these keys on it, no two of which are the same. */
    public static KeyRing of(List<KeyEntry> entries) {
        return new KeyRing(entries);
    }

    /** Returns the ring without keys. */
    public static KeyRing empty() {
        return EMPTY;
    }

    /** Returns the user whose key this is, or a stranger. */
    public Identity identify(KeyDigest shown) {
        Slot slot = slots.getOrDefault(shown.beginning(), NOTHING);
        return slot.digest().equals(shown) ? slot.owner() : Identity.STRANGER;
    }

    /** Finds the user of this name. */
    public Optional<User> find(String name) {
        return entries.stream()
                .map(KeyEntry::user)
                .filter(user -> user.name().equals(name))
                .findFirst();
    }

    /** Returns the keys in the order of their file. */
    public List<KeyEntry> entries() {
        return entries;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRing ring && entries.equals(ring.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
