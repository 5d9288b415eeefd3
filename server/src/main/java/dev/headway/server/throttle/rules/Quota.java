package dev.headway.server.throttle.rules;

import dev.headway.server.throttle.settings.Rate;

/** How many requests a rule lets through; an immutable value. */
public sealed interface Quota {
    /** As many as the environment variables say for the class of the endpoint, and for the tier of the user. */
    Quota USUAL = new Usual();

    /** Any number: nothing is counted. */
    Quota UNLIMITED = new Unlimited();

    /** As many as the environment variables say. */
    record Usual() implements Quota {
        @Override
        public String toString() {
            return "usual";
        }
    }

    /** Any number. */
    record Unlimited() implements Quota {
        @Override
        public String toString() {
            return "none";
        }
    }

    /**
     * So many.
     *
     * @param rate the limits
     */
    record Of(Rate rate) implements Quota {
        @Override
        public String toString() {
            return rate.text();
        }
    }
}
