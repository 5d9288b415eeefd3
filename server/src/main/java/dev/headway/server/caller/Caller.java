package dev.headway.server.caller;

import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Client;
import java.util.Optional;

/**
 * Who sent a request; immutable.
 *
 * @param client the sender as far as its address tells
 * @param identity whom its key shows it to be
 */
public record Caller(Client client, Identity identity) {
    /** Somebody without a key on this machine. */
    public static final Caller LOCAL = anonymous(new Client(ClientAddress.LOOPBACK, ClientAddress.LOOPBACK));

    /** Returns somebody without a key. */
    public static Caller anonymous(Client client) {
        return new Caller(client, Identity.ANONYMOUS);
    }

    /** Finds the user, if it is one. */
    public Optional<User> user() {
        return identity instanceof User user ? Optional.of(user) : Optional.empty();
    }
}
