package dev.headway.server.caller;

/**
 * The other end of a TCP connection, worked out once when it opens; immutable.
 *
 * @param address its address
 * @param client the address by which it is counted when it speaks for itself
 * @param trusted whether it is a proxy that may speak for others
 */
public record Peer(ClientAddress address, ClientAddress client, boolean trusted) {}
