package dev.headway.server.caller.keys;

import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.text.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Gathers the keys of one file and what is wrong with them, each with its place; for one thread. */
final class KeyEntries {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    private final List<KeyEntry> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<KeyDigest, String> digests = new HashMap<>();

    void complain(String problem) {
        problems.add(problem);
    }

    /** Adds a key, or complains; an empty tier is none. */
    void add(String place, String name, String tier, String digest) {
        int before = problems.size();
        checkName(place, name);
        checkTier(place, tier);
        checkDigest(place, digest);
        if (problems.size() == before) {
            entries.add(new KeyEntry(new User(name, Tier.find(tier)), KeyDigest.parse(digest)));
        }
    }

    /**
     * Returns the keys.
     *
     * @throws InvalidKeyFile with all complaints, if there are some
     */
    List<KeyEntry> requireValid() {
        if (!problems.isEmpty()) {
            throw new InvalidKeyFile(problems);
        }
        return List.copyOf(entries);
    }

    private void checkName(String place, String name) {
        try {
            User.requireName(name);
        } catch (IllegalArgumentException complaint) {
            complain(place + ": " + complaint.getMessage());
        }
        Optional.ofNullable(names.putIfAbsent(name, place))
                .ifPresent(first -> complain(place + ": \"" + Shown.of(name) + "\" has a key already, at " + first));
    }

    private void checkTier(String place, String tier) {
        if (!tier.isEmpty() && Tier.find(tier).isEmpty()) {
            complain(place + ": \"" + Shown.of(tier) + "\" is no tier; accepted are free, pro and enterprise");
        }
    }

    private void checkDigest(String place, String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            complain(place + ": no SHA-256, which are 64 hexadecimal digits");
            return;
        }
        Optional.ofNullable(digests.putIfAbsent(KeyDigest.parse(digest), place))
                .ifPresent(first -> complain(place + ": the same key as at " + first));
    }
}
