package dev.headway.server.policy;

import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.caller.keys.KeyEntry;
import dev.headway.server.caller.keys.KeyRing;
import dev.headway.server.caller.keys.KnownUsers;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.settings.LimitClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that tests of policies refer to. */
final class Policies {
    static final Map<String, LimitClass> ENDPOINTS = Map.of(
            "POST /api/training/execute", LimitClass.EXECUTE,
            "POST /api/training/cancel/{job_id}", LimitClass.GENERAL,
            "POST /api/filesystem/list", LimitClass.FILESYSTEM,
            "GET /api/training/queue", LimitClass.READ);

    private Policies() {}

    /** Returns a server with these users, of tier pro. */
    static Known known(String... users) {
        List<KeyEntry> entries = List.of(users).stream()
                .map(name -> new KeyEntry(new User(name, Optional.of(Tier.PRO)), KeyDigest.of(name)))
                .toList();
        return new Known(ENDPOINTS, RateLimits.defaults(), Optional.of(new KnownUsers(KeyRing.of(entries))));
    }

    /** Returns a server without keys. */
    static Known withoutKeys() {
        return new Known(ENDPOINTS, RateLimits.defaults(), Optional.empty());
    }
}
