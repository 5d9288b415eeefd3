package dev.headway.server.caller.keys;

import dev.headway.server.caller.Identity;
import dev.headway.server.caller.User;
import java.util.Optional;

/** The users of the moment, whose keys may be exchanged while requests are served; safe to share between threads. */
public final class KnownUsers {
    private volatile KeyRing ring;

    /** Begins with these keys. */
    public KnownUsers(KeyRing ring) {
        this.ring = ring;
    }

    /** Returns the user whose key this is, or a stranger. */
    public Identity identify(KeyDigest shown) {
        return ring.identify(shown);
    }

    /** Finds the user of this name. */
    public Optional<User> find(String name) {
        return ring.find(name);
    }

    /** Puts other keys in the place of all of these. */
    void replace(KeyRing other) {
        ring = other;
    }
}
