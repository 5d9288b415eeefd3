package dev.headway.server.logging;

/** How much of a client's address log lines show ({@code LOG_CLIENT_ADDRESS}); an immutable value. */
public enum Disclosure {
    /** The address. */
    FULL,
    /** The network that it lies in: 24 bits of IPv4, 48 of IPv6. */
    SHORT,
    /** A number that is the same for the same address until the server is started again, and leads nobody back to it. */
    HASH,
    /** Nothing. */
    NONE
}
