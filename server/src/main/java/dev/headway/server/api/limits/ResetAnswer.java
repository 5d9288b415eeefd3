package dev.headway.server.api.limits;

/**
 * What has been reset; immutable.
 *
 * @param success true
 * @param client whose quotas
 * @param message the same as a sentence
 */
record ResetAnswer(boolean success, String client, String message) {}
