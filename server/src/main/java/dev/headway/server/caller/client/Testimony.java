package dev.headway.server.caller.client;

import dev.headway.server.caller.address.ClientAddress;
import java.util.Optional;

/** What a header field says about who sent a request; immutable. */
sealed interface Testimony {
    /** It names nobody. */
    record Silence() implements Testimony {}

    /** It names somebody, in a form that cannot be read. */
    record Gibberish() implements Testimony {}

    /**
     * It names an address.
     *
     * @param address the one
     */
    record Names(ClientAddress address) implements Testimony {}

    /** The one silence. */
    Testimony SILENCE = new Silence();

    /** The one gibberish. */
    Testimony GIBBERISH = new Gibberish();

    /** Returns whom one hop names, which is this part of a header field, blanks left out. */
    static Testimony ofHop(String field, int from, int to) {
        Optional<ClientAddress> address = ClientAddress.findInHop(field, from, to);
        return address.isPresent() ? new Names(address.get()) : GIBBERISH;
    }
}
