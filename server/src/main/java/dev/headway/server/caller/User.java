package dev.headway.server.caller;

import dev.headway.server.text.Shown;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody who has a key; an immutable value.
 *
 * <p>A user is counted by a number of 128 bits, as an address is: eight ones, which no address of a host begins with
 * ({@code ff00::/8} is multicast), and 120 bits of the SHA-256 of the name.
 */
public final class User implements Identity {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private static final long MULTICAST = 0xffL << 56;

    private final String name;
    private final Optional<Tier> tier;
    private final long numberHigh;
    private final long numberLow;

    /**
     * Makes a user.
     *
     * @param name 1 to 64 letters, digits, dots, hyphens, underscores and at signs: it appears in logs, paths and lists
     * @param tier what the user has been promised; without one the limit of everybody holds
     * @throws IllegalArgumentException when the name is none, saying what is accepted
     */
    public User(String name, Optional<Tier> tier) {
        this.name = requireName(name);
        this.tier = tier;
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(("headway user " + name).getBytes(StandardCharsets.UTF_8)));
        this.numberHigh = MULTICAST | digest.getLong() >>> Byte.SIZE;
        this.numberLow = digest.getLong();
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns what the user has been promised. */
    public Optional<Tier> tier() {
        return tier;
    }

    /** Returns the first half of the number by which the user is counted. */
    public long numberHigh() {
        return numberHigh;
    }

    /** Returns the second half of the number by which the user is counted. */
    public long numberLow() {
        return numberLow;
    }

    /**
     * Returns a name that is one.
     *
     * @throws IllegalArgumentException saying what is accepted; the name is shown without what is not printable
     */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + Shown.of(name) + "\" is no name for a user; accepted are 1 to 64"
                    + " letters, digits, dots, hyphens, underscores and at signs, the first a letter or digit");
        }
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof User user && name.equals(user.name) && tier.equals(user.tier);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, tier);
    }

    @Override
    public String toString() {
        return name;
    }
}
