package dev.headway.server.caller;

import dev.headway.server.caller.address.ClientAddress;

/**
 * By what callers are told apart when they are counted ({@code RATE_LIMIT_KEY}); an immutable value.
 *
 * <p>Whatever is chosen, a caller without a key of its own is counted by its network, so a key that is none opens no quota.
 * What is counted is a number of 128 bits: the network as it is, the number of the user, which is the address of no host, or
 * both mixed.
 */
public enum CountedBy {
    /** By the network: who shares an address shares its quota. */
    IP,
    /** By the user, wherever the user is. */
    USER,
    /** By both: a user has a quota at each address. */
    USER_AND_IP;

    private static final long ODD = 0x9e3779b97f4a7c15L;

    /** Returns a caller as it is counted: an address, {@code user:NAME} or {@code user:NAME@ADDRESS}. */
    public String nameOf(Caller caller) {
        ClientAddress network = caller.client().network();
        if (this == IP || !(caller.identity() instanceof User user)) {
            return network.toString();
        }
        return this == USER ? "user:" + user.name() : "user:" + user.name() + "@" + network;
    }

    /** Returns the first half of the number by which a caller is counted. */
    public long high(Caller caller) {
        ClientAddress network = caller.client().network();
        if (this == IP || !(caller.identity() instanceof User user)) {
            return network.high();
        }
        return this == USER ? user.numberHigh() : user.numberHigh() ^ (spread(network.high()) >>> Byte.SIZE);
    }

    /** Returns the second half. */
    public long low(Caller caller) {
        ClientAddress network = caller.client().network();
        if (this == IP || !(caller.identity() instanceof User user)) {
            return network.low();
        }
        return this == USER ? user.numberLow() : user.numberLow() ^ spread(network.low() + spread(network.high()));
    }

    /** Spreads every bit over all others, one to one: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long spread(long bits) {
        long mixed = bits + ODD;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
