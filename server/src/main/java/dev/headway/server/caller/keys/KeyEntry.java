package dev.headway.server.caller.keys;

import dev.headway.server.caller.User;

/**
 * One key, as a file of keys has it; an immutable value.
 *
 * @param user whose it is
 * @param digest its SHA-256: the key itself is written down nowhere
 */
public record KeyEntry(User user, KeyDigest digest) {}
