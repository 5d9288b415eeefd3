package dev.headway.server.caller.address;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads one IPv6 address: eight groups of hexadecimal digits, the last two perhaps written as IPv4, and one {@code ::} that
 * stands for the zeros left out; for one address, then thrown away.
 */
final class Ipv6Text {
    private static final int GROUPS = 8;
    private static final int MAX_DIGITS = 4;

    private final String text;
    private final int[] groups = new int[GROUPS];
    private int count;

    private Ipv6Text(String text) {
        this.text = text;
    }

    /** Finds the address that fills this part of a text. */
    static Optional<ClientAddress> find(String text, int from, int to) {
        Ipv6Text address = new Ipv6Text(text);
        int gap = text.indexOf("::", from);
        boolean isShortened = gap >= 0 && gap + 2 <= to;
        boolean isAddress = isShortened ? address.readAround(gap, from, to) : address.readWhole(from, to);
        return isAddress ? Optional.of(address.joined()) : Optional.empty();
    }

    private boolean readWhole(int from, int to) {
        return readAll(from, to) && count == GROUPS;
    }

    private boolean readAround(int gap, int from, int to) {
        boolean endsInIpv4BeforeTheGap = AddressText.indexOf(text, '.', from, gap) < gap;
        if (endsInIpv4BeforeTheGap || !readAll(from, gap)) {
            return false;
        }
        int before = count;
        if (!readAll(gap + 2, to) || count == GROUPS) {
            return false;
        }
        int after = count - before;
        System.arraycopy(groups, before, groups, GROUPS - after, after);
        Arrays.fill(groups, before, GROUPS - after, 0);
        return true;
    }

    /** Reads groups with colons between them; there may be none. */
    private boolean readAll(int from, int to) {
        int start = from;
        while (start < to) {
            int stop = AddressText.indexOf(text, ':', start, to);
            boolean isLast = stop == to;
            if (stop == to - 1 || !(isLast ? readLast(start, stop) : readGroup(start, stop))) {
                return false;
            }
            start = stop + 1;
        }
        return true;
    }

    private boolean readLast(int from, int to) {
        if (AddressText.indexOf(text, '.', from, to) == to) {
            return readGroup(from, to);
        }
        OptionalInt ipv4 = AddressText.ipv4(text, from, to);
        return ipv4.isPresent() && add(ipv4.getAsInt() >>> 16) && add(ipv4.getAsInt() & 0xffff);
    }

    private boolean readGroup(int from, int to) {
        if (from == to || to - from > MAX_DIGITS) {
            return false;
        }
        int group = 0;
        for (int index = from; index < to; index++) {
            int digit = text.charAt(index) < 128 ? Character.digit(text.charAt(index), 16) : -1;
            if (digit < 0) {
                return false;
            }
            group = (group << 4) | digit;
        }
        return add(group);
    }

    private boolean add(int group) {
        if (count == GROUPS) {
            return false;
        }
        groups[count++] = group;
        return true;
    }

    private ClientAddress joined() {
        long high = 0;
        long low = 0;
        for (int index = 0; index < GROUPS / 2; index++) {
            high = (high << 16) | groups[index];
            low = (low << 16) | groups[index + GROUPS / 2];
        }
        return new ClientAddress(high, low);
    }
}
