package dev.headway.server.caller.address;

import java.util.Optional;

/**
 * An IP address as a number of 128 bits; an immutable value.
 *
 * <p>IPv4 lies in the mapped range {@code ::ffff:0:0/96}, so that a client is the same one whether it came over an IPv4
 * socket or a dual-stack one, and so that a limiter can count addresses without a text for each.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record ClientAddress(long high, long low) {
    /** The address by which this machine reaches itself, which also stands for peers on Unix sockets: they have none. */
    public static final ClientAddress LOOPBACK = ofIpv4(0x7f000001);

    private static final long MAPPED = 0xffffL << 32;
    private static final int SHOWN_IPV4_BITS = 96 + 24;
    private static final int SHOWN_IPV6_BITS = 48;

    /** Returns the address in these 4 or 16 bytes, in network order. */
    public static ClientAddress of(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> ofIpv4((int) number(bytes, 0, 4));
            case 16 -> new ClientAddress(number(bytes, 0, 8), number(bytes, 8, 8));
            default ->
                throw new IllegalArgumentException(
                        "an address of " + bytes.length + " bytes; IPv4 has 4 and IPv6 has 16");
        };
    }

    /** Returns the IPv4 address in these 32 bits. */
    static ClientAddress ofIpv4(int bits) {
        return new ClientAddress(0, MAPPED | Integer.toUnsignedLong(bits));
    }

    /** Finds the address that a text writes out, IPv4 with dots or IPv6 with colons; nothing is looked up by name. */
    public static Optional<ClientAddress> find(String text) {
        return AddressText.find(text);
    }

    /** Finds the address in a hop as proxies write it, which is this part of a header field: bare, with a port or in brackets. */
    public static Optional<ClientAddress> findInHop(String field, int from, int to) {
        return AddressText.findInHop(field, from, to);
    }

    /** Returns whether this is an IPv4 address. */
    public boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** Returns this address with all but its first bits set to zero; bits is 0 to 128. */
    ClientAddress prefix(int bits) {
        return new ClientAddress(high & mask(bits), low & mask(bits - Long.SIZE));
    }

    /** Returns whether this address begins with the first bits of another one; makes no object. */
    boolean hasPrefix(ClientAddress other, int bits) {
        return ((high ^ other.high) & mask(bits)) == 0 && ((low ^ other.low) & mask(bits - Long.SIZE)) == 0;
    }

    /** Returns the address by which its owner is counted: IPv4 whole, IPv6 by its first bits. */
    public ClientAddress grouped(int ipv6Prefix) {
        return isIpv4() ? this : prefix(ipv6Prefix);
    }

    /** Returns the network that a log may name in place of the address: 24 bits of IPv4, 48 of IPv6. */
    public AddressRange surroundings() {
        int bits = isIpv4() ? SHOWN_IPV4_BITS : SHOWN_IPV6_BITS;
        return new AddressRange(prefix(bits), bits);
    }

    /** Returns the address in the usual notation, without shortening zeros. */
    @Override
    public String toString() {
        return isIpv4() ? ipv4Text() : ipv6Text();
    }

    private String ipv4Text() {
        return ((low >>> 24) & 0xff) + "." + ((low >>> 16) & 0xff) + "." + ((low >>> 8) & 0xff) + "." + (low & 0xff);
    }

    private String ipv6Text() {
        StringBuilder text = new StringBuilder(39);
        for (int shift = 48; shift >= 0; shift -= 16) {
            text.append(Long.toHexString((high >>> shift) & 0xffff)).append(':');
        }
        for (int shift = 48; shift >= 0; shift -= 16) {
            text.append(Long.toHexString((low >>> shift) & 0xffff)).append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }

    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    private static long number(byte[] bytes, int offset, int length) {
        long number = 0;
        for (int index = offset; index < offset + length; index++) {
            number = (number << 8) | (bytes[index] & 0xff);
        }
        return number;
    }
}
