package dev.headway.server.caller.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.address.NetworkSet;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientResolverTest {
    private static final NetworkSet NOBODY = NetworkSet.of(List.of());

    static Stream<ClientCase> cases() throws IOException {
        return ClientCase.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsOutWhoIsAsking(ClientCase asked) {
        ClientResolver resolver = new ClientResolver(ClientCase.TRUSTED, 64);

        Client client = resolver.client(resolver.peer(asked.peerAddress()), asked.fields());

        assertThat(client.network()).isEqualTo(asked.clientAddress());
    }

    @Test
    void hasACaseForEverySortOfPeerAndHeader() throws IOException {
        assertThat(ClientCase.all()).hasSizeGreaterThan(60);
    }

    @Test
    void trustsNobodyWhenNoProxyIsNamed() {
        ClientResolver resolver = new ClientResolver(NOBODY, 64);
        FieldValues forwardedFor = name -> name.equals("x-forwarded-for") ? List.of("198.51.100.1") : List.of();

        assertThat(resolver.client(resolver.peer(ClientAddress.LOOPBACK), forwardedFor)
                        .address())
                .isEqualTo(ClientAddress.LOOPBACK);
    }

    @Test
    void knowsTheAddressItselfBesideTheNetworkThatIsCounted() {
        Client client = new ClientResolver(NOBODY, 56)
                .peer(address("2001:db8:0:12ff::1"))
                .client();

        assertThat(client.address()).isEqualTo(address("2001:db8:0:12ff::1"));
        assertThat(client.network()).isEqualTo(address("2001:db8:0:1200::"));
    }

    @Test
    void refusesAPrefixThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientResolver(NOBODY, 129));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientResolver(NOBODY, 0));
    }

    private static ClientAddress address(String text) {
        return ClientAddress.find(text).orElseThrow();
    }
}
