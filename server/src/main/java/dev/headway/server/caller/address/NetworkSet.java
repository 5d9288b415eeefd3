package dev.headway.server.caller.address;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Blocks of addresses, and whether one is in any of them; immutable, so threads may share it.
 *
 * <p>The blocks are kept by the length of their prefix. A question costs one look into a hash table for each length that
 * occurs, however many blocks there are: a list of thousands of networks may be asked for every request. Few blocks are compared one
 * after the other, for which no object is made.
 */
public final class NetworkSet {
    private static final int FEW = 8;

    private final List<AddressRange> ranges;
    private final List<Prefixes> byLength;

    private record Prefixes(int bits, Set<ClientAddress> bases) {}

    private NetworkSet(List<AddressRange> ranges, List<Prefixes> byLength) {
        this.ranges = ranges;
        this.byLength = byLength;
    }

    /** Returns the set of all addresses in these blocks. */
    public static NetworkSet of(List<AddressRange> ranges) {
        Map<Integer, Set<ClientAddress>> bases = new TreeMap<>();
        for (AddressRange range : ranges) {
            bases.computeIfAbsent(range.prefixBits(), bits -> new HashSet<>()).add(range.base());
        }
        List<Prefixes> byLength = bases.entrySet().stream()
                .map(entry -> new Prefixes(entry.getKey(), Set.copyOf(entry.getValue())))
                .toList();
        return new NetworkSet(List.copyOf(ranges), byLength);
    }

    /** Returns the blocks in the order in which they were given. */
    public List<AddressRange> ranges() {
        return ranges;
    }

    /** Returns whether there are no addresses in the set. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Returns whether each block of another set lies in one of these blocks. */
    public boolean containsAll(NetworkSet other) {
        return other.ranges.stream().allMatch(inner -> ranges.stream().anyMatch(outer -> outer.containsAll(inner)));
    }

    /** Returns whether one of the blocks contains an address. */
    public boolean contains(ClientAddress address) {
        return ranges.size() <= FEW ? isInOneOfFew(address) : isInOneOfMany(address);
    }

    private boolean isInOneOfFew(ClientAddress address) {
        for (int index = 0; index < ranges.size(); index++) {
            if (ranges.get(index).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private boolean isInOneOfMany(ClientAddress address) {
        for (Prefixes prefixes : byLength) {
            if (prefixes.bases().contains(address.prefix(prefixes.bits()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkSet set && ranges.equals(set.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** Returns the blocks as they are written in configurations, joined by commas. */
    @Override
    public String toString() {
        return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(","));
    }
}
