package dev.headway.server.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientResolverTest {
    private static final ClientResolver RESOLVER = new ClientResolver(
            List.of(
                    AddressRange.parse("10.0.0.0/8"),
                    AddressRange.parse("127.0.0.0/8"),
                    AddressRange.parse("fd00::/8")),
            64);

    static Stream<Arguments> whoIsAsking() {
        return Stream.of(
                // direct
                asked("a direct client is itself", "203.0.113.7", "203.0.113.7"),
                asked("a direct client cannot name another", "203.0.113.7", "203.0.113.7", "X-Forwarded-For: 1.2.3.4"),
                asked(
                        "nor by the other headers",
                        "203.0.113.7",
                        "203.0.113.7",
                        "X-Real-IP: 1.2.3.4",
                        "Forwarded: for=1.2.3.4"),
                asked("IPv6 is grouped by /64", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
                asked("an IPv4-mapped peer is IPv4", "::ffff:203.0.113.7", "203.0.113.7"),
                // one proxy
                asked("a proxy without a header is itself", "10.0.0.1", "10.0.0.1"),
                asked("one proxy", "10.0.0.1", "198.51.100.1", "X-Forwarded-For: 198.51.100.1"),
                asked("the case of names does not matter", "10.0.0.1", "198.51.100.1", "x-FORWARDED-for: 198.51.100.1"),
                asked(
                        "a mapped proxy is the same proxy",
                        "::ffff:10.0.0.1",
                        "198.51.100.1",
                        "X-Forwarded-For: 198.51.100.1"),
                asked("a proxy on IPv6", "fd00::9", "198.51.100.1", "X-Forwarded-For: 198.51.100.1"),
                asked(
                        "a forwarded IPv6 client is grouped",
                        "10.0.0.1",
                        "2001:db8:1:2::",
                        "X-Forwarded-For: 2001:db8:1:2:3:4:5:6"),
                asked(
                        "a forwarded mapped address is IPv4",
                        "10.0.0.1",
                        "198.51.100.1",
                        "X-Forwarded-For: ::ffff:198.51.100.1"),
                // chains
                asked(
                        "a chain of proxies",
                        "10.0.0.1",
                        "198.51.100.1",
                        "X-Forwarded-For: 198.51.100.1, 10.0.0.9,10.0.0.8"),
                asked(
                        "what the client made up is further left",
                        "10.0.0.1",
                        "198.51.100.1",
                        "X-Forwarded-For: 1.2.3.4, 198.51.100.1"),
                asked(
                        "an invented proxy further left changes nothing",
                        "10.0.0.1",
                        "198.51.100.1",
                        "X-Forwarded-For: 10.9.9.9, 198.51.100.1"),
                asked(
                        "garbage further left changes nothing",
                        "10.0.0.1",
                        "198.51.100.1",
                        "X-Forwarded-For: garbage, 198.51.100.1, 10.0.0.9"),
                asked(
                        "where every hop is trusted the leftmost is the client",
                        "10.0.0.1",
                        "10.0.0.3",
                        "X-Forwarded-For: 10.0.0.3, 10.0.0.2"),
                asked(
                        "two fields are one list",
                        "10.0.0.1",
                        "198.51.100.1",
                        "X-Forwarded-For: 1.2.3.4",
                        "X-Forwarded-For: 198.51.100.1"),
                asked(
                        "two fields with a proxy in the last",
                        "10.0.0.1",
                        "198.51.100.1",
                        "X-Forwarded-For: 198.51.100.1",
                        "X-Forwarded-For: 10.0.0.2"),
                asked("empty elements are no hops", "10.0.0.1", "198.51.100.1", "X-Forwarded-For: , 198.51.100.1, ,"),
                // ports and brackets
                asked("a port", "10.0.0.1", "198.51.100.1", "X-Forwarded-For: 198.51.100.1:4711"),
                asked("brackets", "10.0.0.1", "2001:db8:1:2::", "X-Forwarded-For: [2001:db8:1:2::9]"),
                asked("brackets and a port", "10.0.0.1", "2001:db8:1:2::", "X-Forwarded-For: [2001:db8:1:2::9]:4711"),
                asked("a port that is none", "10.0.0.1", "10.0.0.1", "X-Forwarded-For: 198.51.100.1:port"),
                asked("a port without digits", "10.0.0.1", "10.0.0.1", "X-Forwarded-For: 198.51.100.1:"),
                asked("a bracket that never closes", "10.0.0.1", "10.0.0.1", "X-Forwarded-For: [2001:db8::9"),
                asked("something behind the bracket", "10.0.0.1", "10.0.0.1", "X-Forwarded-For: [2001:db8::9]x"),
                // garbage
                asked("garbage falls back to the peer", "10.0.0.1", "10.0.0.1", "X-Forwarded-For: garbage"),
                asked("garbage is not skipped", "10.0.0.1", "10.0.0.1", "X-Forwarded-For: 1.2.3.4, garbage"),
                asked(
                        "garbage hides no later header",
                        "10.0.0.1",
                        "10.0.0.1",
                        "X-Forwarded-For: garbage",
                        "X-Real-IP: 1.2.3.4"),
                asked("a zone is garbage", "10.0.0.1", "10.0.0.1", "X-Forwarded-For: fe80::1%eth0"),
                // X-Real-IP
                asked("X-Real-IP", "10.0.0.1", "198.51.100.2", "X-Real-IP: 198.51.100.2"),
                asked(
                        "X-Forwarded-For comes first",
                        "10.0.0.1",
                        "198.51.100.1",
                        "X-Real-IP: 198.51.100.2",
                        "X-Forwarded-For: 198.51.100.1"),
                asked(
                        "an empty X-Forwarded-For names nobody",
                        "10.0.0.1",
                        "198.51.100.2",
                        "X-Forwarded-For: ",
                        "X-Real-IP: 198.51.100.2"),
                asked(
                        "two of X-Real-IP are ambiguous",
                        "10.0.0.1",
                        "10.0.0.1",
                        "X-Real-IP: 198.51.100.2",
                        "X-Real-IP: 198.51.100.3"),
                asked("a garbled X-Real-IP", "10.0.0.1", "10.0.0.1", "X-Real-IP: me", "Forwarded: for=1.2.3.4"),
                // RFC 7239
                asked("Forwarded", "10.0.0.1", "198.51.100.3", "Forwarded: for=198.51.100.3;proto=http;by=10.0.0.1"),
                asked(
                        "Forwarded, names in any case and order",
                        "10.0.0.1",
                        "198.51.100.3",
                        "Forwarded: proto=http ; FOR=\"198.51.100.3:80\""),
                asked(
                        "Forwarded with IPv6",
                        "10.0.0.1",
                        "2001:db8:1:2::",
                        "Forwarded: for=\"[2001:db8:1:2::17]:4711\""),
                asked(
                        "Forwarded, a chain",
                        "10.0.0.1",
                        "198.51.100.3",
                        "Forwarded: for=1.2.3.4, for=198.51.100.3",
                        "Forwarded: for=10.0.0.7"),
                asked(
                        "a comma in quotes separates nothing",
                        "10.0.0.1",
                        "198.51.100.3",
                        "Forwarded: for=198.51.100.3;host=\"a, for=1.2.3.4\""),
                asked(
                        "an escaped quote ends nothing",
                        "10.0.0.1",
                        "198.51.100.3",
                        "Forwarded: for=198.51.100.3;host=\"a\\\", for=1.2.3.4\""),
                asked("an obfuscated name", "10.0.0.1", "10.0.0.1", "Forwarded: for=_hidden"),
                asked("unknown", "10.0.0.1", "10.0.0.1", "Forwarded: for=unknown"),
                asked("an element without for", "10.0.0.1", "10.0.0.1", "Forwarded: for=1.2.3.4, proto=http"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whoIsAsking")
    void findsOutWhoIsAsking(String claim, String peer, String expected, List<String> fields) {
        ClientAddress client = RESOLVER.client(RESOLVER.peer(address(peer)), named(fields));

        assertThat(client).isEqualTo(address(expected));
    }

    @Test
    void trustsNobodyWhenNoProxyIsNamed() {
        ClientResolver resolver = new ClientResolver(List.of(), 64);
        FieldValues fields = named(List.of("X-Forwarded-For: 198.51.100.1"));

        assertThat(resolver.client(resolver.peer(address("127.0.0.1")), fields)).isEqualTo(address("127.0.0.1"));
    }

    @Test
    void groupsIpv6ByAnyPrefix() {
        ClientResolver resolver = new ClientResolver(List.of(), 56);

        assertThat(resolver.peer(address("2001:db8:0:12ff::1")).client()).isEqualTo(address("2001:db8:0:1200::"));
    }

    @Test
    void refusesAPrefixThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientResolver(List.of(), 129));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientResolver(List.of(), 0));
    }

    private static Arguments asked(String claim, String peer, String expected, String... fields) {
        return Arguments.of(claim, peer, expected, List.of(fields));
    }

    private static ClientAddress address(String text) {
        return ClientAddress.find(text).orElseThrow();
    }

    private static FieldValues named(List<String> fields) {
        return name -> {
            List<String> values = new ArrayList<>();
            for (String field : fields) {
                int colon = field.indexOf(':');
                if (field.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                    values.add(field.substring(colon + 1).strip());
                }
            }
            return values;
        };
    }
}
