package dev.headway.server.caller;

import java.util.Optional;

/**
 * Reads addresses as people and proxies write them; stateless.
 *
 * <p>Strict on purpose: what is not plainly an address is not guessed at. Octets have no leading zeros, since some readers
 * take those for octal; an IPv6 zone is refused, since it means nothing beyond the host that wrote it.
 */
final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** Finds the address that a text writes out. */
    static Optional<ClientAddress> find(String text) {
        return text.indexOf(':') < 0 ? ipv4(text).map(ClientAddress::ofIpv4) : ipv6(text);
    }

    /** Finds the address in a hop as proxies write it: bare, with a port, in brackets, or in brackets with a port. */
    static Optional<ClientAddress> findInHop(String hop) {
        if (hop.startsWith("[")) {
            int close = hop.indexOf(']');
            return close > 0 && isPortOrNothing(hop.substring(close + 1))
                    ? ipv6(hop.substring(1, close))
                    : Optional.empty();
        }
        int colon = hop.indexOf(':');
        boolean hasPort = colon >= 0 && colon == hop.lastIndexOf(':');
        if (!hasPort) {
            return find(hop);
        }
        return isPortOrNothing(hop.substring(colon)) ? find(hop.substring(0, colon)) : Optional.empty();
    }

    private static boolean isPortOrNothing(String text) {
        if (text.isEmpty()) {
            return true;
        }
        return text.charAt(0) == ':' && text.length() <= 6 && isDecimal(text.substring(1));
    }

    private static Optional<Integer> ipv4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (String octet : octets) {
            if (!isOctet(octet)) {
                return Optional.empty();
            }
            bits = (bits << 8) | Integer.parseInt(octet);
        }
        return Optional.of(bits);
    }

    private static boolean isOctet(String text) {
        boolean plain = text.length() <= 3 && isDecimal(text) && (text.length() == 1 || text.charAt(0) != '0');
        return plain && Integer.parseInt(text) <= 255;
    }

    private static Optional<ClientAddress> ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(groups -> groups.length == GROUPS).map(AddressText::joined);
        }
        Optional<int[]> before = groups(text.substring(0, gap));
        Optional<int[]> after = groups(text.substring(gap + 2));
        if (before.isEmpty() || after.isEmpty() || before.get().length + after.get().length >= GROUPS) {
            return Optional.empty();
        }
        int[] all = new int[GROUPS];
        System.arraycopy(before.get(), 0, all, 0, before.get().length);
        System.arraycopy(after.get(), 0, all, GROUPS - after.get().length, after.get().length);
        boolean endsInIpv4BeforeTheGap = text.substring(0, gap).indexOf('.') >= 0;
        return endsInIpv4BeforeTheGap ? Optional.empty() : Optional.of(joined(all));
    }

    private static Optional<int[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new int[0]);
        }
        String[] parts = text.split(":", -1);
        boolean endsInIpv4 = parts[parts.length - 1].indexOf('.') >= 0;
        int[] groups = new int[parts.length + (endsInIpv4 ? 1 : 0)];
        for (int index = 0; index < parts.length - (endsInIpv4 ? 1 : 0); index++) {
            if (!isGroup(parts[index])) {
                return Optional.empty();
            }
            groups[index] = Integer.parseInt(parts[index], 16);
        }
        return endsInIpv4 ? withIpv4(groups, parts[parts.length - 1]) : Optional.of(groups);
    }

    private static Optional<int[]> withIpv4(int[] groups, String text) {
        return ipv4(text).map(bits -> {
            groups[groups.length - 2] = bits >>> 16;
            groups[groups.length - 1] = bits & 0xffff;
            return groups;
        });
    }

    private static ClientAddress joined(int[] groups) {
        long high = 0;
        long low = 0;
        for (int index = 0; index < GROUPS / 2; index++) {
            high = (high << 16) | groups[index];
            low = (low << 16) | groups[index + GROUPS / 2];
        }
        return new ClientAddress(high, low);
    }

    private static boolean isGroup(String text) {
        return text.length() >= 1
                && text.length() <= 4
                && text.chars().allMatch(letter -> Character.digit(letter, 16) >= 0 && letter < 128);
    }

    private static boolean isDecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }
}
