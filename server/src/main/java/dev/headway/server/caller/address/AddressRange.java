package dev.headway.server.caller.address;

import java.util.Optional;

/**
 * A block of addresses in CIDR notation; an immutable value.
 *
 * @param base the lowest address of the block
 * @param prefixBits how many leading bits of the 128 all its addresses share; a block of IPv4 has 96 and more
 */
public record AddressRange(ClientAddress base, int prefixBits) {
    private static final int IPV4_OFFSET = 96;

    /** Refuses a base with bits set behind the prefix. */
    public AddressRange {
        if (!base.prefix(prefixBits).equals(base)) {
            throw new IllegalArgumentException(base + " has bits set behind its prefix");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException saying what is wrong and what is accepted
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String addressText = slash < 0 ? text : text.substring(0, slash);
        ClientAddress address = ClientAddress.find(addressText).orElseThrow(() -> wrong(text, "is not an address"));
        int offset = addressText.indexOf(':') < 0 ? IPV4_OFFSET : 0;
        int bits = offset + (slash < 0 ? 128 - offset : prefix(text, text.substring(slash + 1), 128 - offset));
        ClientAddress base = address.prefix(bits);
        if (!base.equals(address)) {
            throw wrong(text, "has bits set behind its prefix; do you mean " + base + text.substring(slash) + "?");
        }
        return new AddressRange(base, bits);
    }

    /** Returns whether an address lies in this block. */
    public boolean contains(ClientAddress address) {
        return address.hasPrefix(base, prefixBits);
    }

    /** Returns whether all addresses of another block lie in this one. */
    boolean containsAll(AddressRange other) {
        return prefixBits <= other.prefixBits && contains(other.base);
    }

    /** Returns the block as it is written in configurations. */
    @Override
    public String toString() {
        boolean ipv4 = base.isIpv4() && prefixBits >= IPV4_OFFSET;
        return base + "/" + (ipv4 ? prefixBits - IPV4_OFFSET : prefixBits);
    }

    private static int prefix(String text, String digits, int most) {
        return Optional.of(digits)
                .filter(bits -> bits.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .filter(bits -> bits <= most)
                .orElseThrow(() -> wrong(text, "has no prefix length from 0 to " + most));
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException("\"" + text + "\" " + what
                + "; accepted are blocks such as 10.0.0.0/8 and 2001:db8::/32, or one address");
    }
}
