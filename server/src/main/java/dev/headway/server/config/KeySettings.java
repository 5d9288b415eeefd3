package dev.headway.server.config;

import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.caller.keys.KeyRing;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The keys that callers must show; an immutable value.
 *
 * @param usersFile the file of users' keys (API_KEYS_FILE); absent when the training routes ask for none
 * @param users the keys in it when it was read
 * @param filesystem the key that the filesystem routes ask for (FILESYSTEM_API_KEY)
 * @param operator the key that the admin routes ask for (ADMIN_API_KEY); without one there are no such routes
 * @param metrics the key that /metrics asks for (METRICS_API_KEY)
 */
public record KeySettings(
        Optional<Path> usersFile,
        KeyRing users,
        Optional<KeyDigest> filesystem,
        Optional<KeyDigest> operator,
        Optional<KeyDigest> metrics) {}
