package dev.headway.server.http;

import dev.headway.server.caller.KeyDigest;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that callers must show, where some are set; immutable, so threads may share it.
 *
 * @param training the keys of {@code API_KEYS_FILE}; absent when that is not set
 * @param filesystem the key in {@code FILESYSTEM_API_KEY}; absent when that is not set
 */
public record Keys(Optional<Set<KeyDigest>> training, Optional<KeyDigest> filesystem) {
    /** Returns the rule that anyone may do anything. */
    public static Keys none() {
        return new Keys(Optional.empty(), Optional.empty());
    }
}
