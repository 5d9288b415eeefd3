package dev.headway.server.caller.client;

import dev.headway.server.caller.address.ClientAddress;

/**
 * The sender of a request as far as its address tells; an immutable value.
 *
 * @param address its address
 * @param network what it is counted by: the address itself for IPv4, the leading bits for IPv6, where a client has a whole
 *     network of addresses to choose from
 */
public record Client(ClientAddress address, ClientAddress network) {}
