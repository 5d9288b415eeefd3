package dev.headway.server.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Client;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerSetTest {
    private static final CallerSet LISTED =
            CallerSet.union(Stream.of("10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48", "2001:db8:2::7", "user:alice")
                    .map(CallerSet::parse)
                    .toList());

    @ParameterizedTest
    @CsvSource({
        "10.255.0.1,          bob,   true",
        "11.0.0.1,            bob,   false",
        "192.0.2.7,           bob,   true",
        "192.0.2.8,           bob,   false",
        "2001:db8:1:ffff::1,  bob,   true",
        "2001:db8:2::7,       bob,   true",
        "2001:db8:2::8,       bob,   false",
        "198.51.100.1,        alice, true",
        "198.51.100.1,        Alice, false",
    })
    void containsByTheVeryAddressAndByTheName(String address, String user, boolean listed) {
        ClientAddress found = ClientAddress.find(address).orElseThrow();
        Client client = new Client(found, found.grouped(64));

        assertThat(LISTED.contains(new Caller(client, new User(user, Optional.empty()))))
                .isEqualTo(listed);
    }

    @Test
    void containsNoNamesOfThoseWithoutAKey() {
        assertThat(LISTED.contains(Caller.LOCAL)).isFalse();
        assertThat(CallerSet.nobody().contains(Caller.LOCAL)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "10.0.0.0/33", "10.0.0.1/8", "user:", "user:a b", "*", "::/129"})
    void refusesWhatIsNeitherANetworkNorAUser(String element) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallerSet.parse(element))
                .withMessageContaining("accepted are");
    }
}
