package dev.headway.server.caller.client;

/**
 * The other end of a connection, worked out once when it opens; immutable.
 *
 * @param client who it is when it speaks for itself
 * @param trusted whether it is a proxy that may speak for others
 */
public record Peer(Client client, boolean trusted) {}
