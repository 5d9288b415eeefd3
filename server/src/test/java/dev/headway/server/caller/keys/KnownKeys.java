package dev.headway.server.caller.keys;

import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Users for tests, each named after its place. */
public final class KnownKeys {
    private KnownKeys() {}

    /** Returns users without tiers who have these keys. */
    public static KnownUsers of(String... keys) {
        List<KeyEntry> entries = new ArrayList<>();
        for (String key : keys) {
            entries.add(new KeyEntry(new User("user" + entries.size(), Optional.empty()), KeyDigest.of(key)));
        }
        return new KnownUsers(KeyRing.of(entries));
    }

    /** Returns users of these names and tiers, an empty one being none, whose key is {@code <name>'s key}. */
    public static KnownUsers withTiers(String... namesAndTiers) {
        return new KnownUsers(ring(namesAndTiers));
    }

    static KeyRing ring(String... namesAndTiers) {
        List<KeyEntry> entries = new ArrayList<>();
        for (int index = 0; index < namesAndTiers.length; index += 2) {
            User user = new User(namesAndTiers[index], Tier.find(namesAndTiers[index + 1]));
            entries.add(new KeyEntry(user, KeyDigest.of(user.name() + "'s key")));
        }
        return KeyRing.of(entries);
    }
}
