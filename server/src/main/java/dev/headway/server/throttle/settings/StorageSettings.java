package dev.headway.server.throttle.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * Where requests are counted; an immutable value.
 *
 * @param redis the address of the Redis that many servers share; absent when this server counts in its own memory
 * @param timeout how long a decision of Redis is waited for
 * @param whenAway what becomes of limits while Redis gives no decision
 * @param servers how many servers share the limits, each of which has its share while it counts alone
 * @param lease how many permits of a client this server may take ahead; fewer than two for none
 */
public record StorageSettings(Optional<String> redis, Duration timeout, WhenAway whenAway, int servers, int lease) {
    /** Counting in the memory of this server. */
    public static final StorageSettings MEMORY =
            new StorageSettings(Optional.empty(), Duration.ofMillis(50), WhenAway.MEMORY, 1, 0);

    /** Returns whether permits are taken ahead. */
    public boolean leases() {
        return lease > 1;
    }

    /** Returns the name by which health reports show the storage: {@code memory} or {@code redis}. */
    public String kind() {
        return redis.isPresent() ? "redis" : "memory";
    }

    /** Leaves out the address, in which a password may be. */
    @Override
    public String toString() {
        return "StorageSettings[" + kind() + ", timeout=" + timeout + ", whenAway=" + whenAway + ", servers=" + servers
                + ", lease=" + lease + "]";
    }
}
