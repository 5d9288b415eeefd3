package dev.headway.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Client;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientMaskTest {
    @Test
    void showsTheAddressIfItMay() {
        assertThat(ClientMask.of(Disclosure.FULL).nameOf(at("203.0.113.7"))).isEqualTo("203.0.113.7");
    }

    @Test
    void shortensAddressesToTheirNetworks() {
        ClientMask mask = ClientMask.of(Disclosure.SHORT);

        assertThat(mask.nameOf(at("203.0.113.7"))).isEqualTo("203.0.113.0/24");
        assertThat(mask.nameOf(at("2001:db8:1:2:3:4:5:6"))).isEqualTo("2001:db8:1:0:0:0:0:0/48");
    }

    @Test
    void hashesAddressesWithAKeyOfItsOwn() {
        ClientMask mask = ClientMask.of(Disclosure.HASH);
        String name = mask.nameOf(at("203.0.113.7"));

        assertThat(name).matches("client-[0-9a-f]{12}");
        assertThat(mask.nameOf(at("203.0.113.7"))).isEqualTo(name);
        assertThat(mask.nameOf(at("203.0.113.8"))).isNotEqualTo(name);
        assertThat(ClientMask.of(Disclosure.HASH).nameOf(at("203.0.113.7"))).isNotEqualTo(name);
    }

    @Test
    void hidesAddressesIfItMust() {
        assertThat(ClientMask.of(Disclosure.NONE).nameOf(at("203.0.113.7"))).isEqualTo("somewhere");
    }

    @Test
    void namesUsers() {
        Caller alice = new Caller(at("203.0.113.7").client(), new User("alice", Optional.empty()));

        assertThat(ClientMask.of(Disclosure.SHORT).nameOf(alice)).isEqualTo("user alice at 203.0.113.0/24");
    }

    private static Caller at(String text) {
        ClientAddress address = ClientAddress.find(text).orElseThrow();
        return Caller.anonymous(new Client(address, address));
    }
}
