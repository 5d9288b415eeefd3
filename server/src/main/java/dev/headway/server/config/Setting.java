package dev.headway.server.config;

/**
 * A value that somebody has set, or a default; an immutable value.
 *
 * @param variable what is set
 * @param text to what
 * @param origin where: {@code in the environment}, {@code in .env, line 7}, {@code by --port}, {@code by default}
 */
record Setting(Variable variable, String text, String origin) {
    /** Returns the value as it may be shown. */
    String shown() {
        return variable.isSecret() ? "(not shown)" : "\"" + text + "\"";
    }
}
