package dev.headway.server.caller.address;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads addresses as people and proxies write them; stateless.
 *
 * <p>Strict on purpose: what is not plainly an address is not guessed at. Octets have no leading zeros, since some readers
 * take those for octal; an IPv6 zone is refused, since it means nothing beyond the host that wrote it.
 *
 * <p>Everything is read where it stands, without a text for each part: behind a proxy this runs for every request of a
 * flood.
 */
final class AddressText {
    private static final int OCTETS = 4;
    private static final int MAX_PORT_DIGITS = 5;

    private AddressText() {}

    /** Finds the address that a text writes out. */
    static Optional<ClientAddress> find(String text) {
        return find(text, 0, text.length());
    }

    /** Finds the address in a hop as proxies write it: bare, with a port, in brackets, or in brackets with a port. */
    static Optional<ClientAddress> findInHop(String text, int from, int to) {
        if (from < to && text.charAt(from) == '[') {
            int close = indexOf(text, ']', from, to);
            return close < to && isPortOrNothing(text, close + 1, to)
                    ? Ipv6Text.find(text, from + 1, close)
                    : Optional.empty();
        }
        int colon = indexOf(text, ':', from, to);
        boolean hasPort = colon < to && indexOf(text, ':', colon + 1, to) == to;
        if (!hasPort) {
            return find(text, from, to);
        }
        return isPortOrNothing(text, colon, to) ? find(text, from, colon) : Optional.empty();
    }

    /** Finds the bits of an IPv4 address that fills this part of a text. */
    static OptionalInt ipv4(String text, int from, int to) {
        int bits = 0;
        int start = from;
        for (int octet = 1; octet <= OCTETS; octet++) {
            int stop = indexOf(text, '.', start, to);
            boolean isLast = stop == to;
            if (isLast != (octet == OCTETS) || !isOctet(text, start, stop)) {
                return OptionalInt.empty();
            }
            bits = (bits << 8) | number(text, start, stop);
            start = stop + 1;
        }
        return OptionalInt.of(bits);
    }

    /** Returns where a letter stands in this part of a text, or the end of the part. */
    static int indexOf(String text, char letter, int from, int to) {
        for (int index = from; index < to; index++) {
            if (text.charAt(index) == letter) {
                return index;
            }
        }
        return to;
    }

    private static Optional<ClientAddress> find(String text, int from, int to) {
        if (indexOf(text, ':', from, to) < to) {
            return Ipv6Text.find(text, from, to);
        }
        OptionalInt bits = ipv4(text, from, to);
        return bits.isPresent() ? Optional.of(ClientAddress.ofIpv4(bits.getAsInt())) : Optional.empty();
    }

    private static boolean isPortOrNothing(String text, int from, int to) {
        if (from == to) {
            return true;
        }
        return text.charAt(from) == ':' && to - from <= MAX_PORT_DIGITS + 1 && isDecimal(text, from + 1, to);
    }

    private static boolean isOctet(String text, int from, int to) {
        boolean isPlain = to - from <= 3 && isDecimal(text, from, to) && (to - from == 1 || text.charAt(from) != '0');
        return isPlain && number(text, from, to) <= 255;
    }

    private static boolean isDecimal(String text, int from, int to) {
        for (int index = from; index < to; index++) {
            if (text.charAt(index) < '0' || text.charAt(index) > '9') {
                return false;
            }
        }
        return from < to;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
