package dev.headway.server.http.server;

import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.caller.keys.KnownUsers;
import java.util.Optional;

/**
 * The keys that callers must show, where some are set; safe to share between threads.
 *
 * @param users those of {@code API_KEYS_FILE}; absent when that is not set
 * @param filesystem the key in {@code FILESYSTEM_API_KEY}; absent when that is not set
 * @param operator the key in {@code ADMIN_API_KEY}; absent when that is not set
 * @param metrics the key in {@code METRICS_API_KEY}; absent when that is not set
 */
public record Keys(
        Optional<KnownUsers> users,
        Optional<KeyDigest> filesystem,
        Optional<KeyDigest> operator,
        Optional<KeyDigest> metrics) {
    /** Makes keys without one for the metrics. */
    public Keys(Optional<KnownUsers> users, Optional<KeyDigest> filesystem, Optional<KeyDigest> operator) {
        this(users, filesystem, operator, Optional.empty());
    }

    /** Returns the rule that anyone may do anything but what is the operator's. */
    public static Keys none() {
        return new Keys(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
