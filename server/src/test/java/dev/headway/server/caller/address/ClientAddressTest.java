package dev.headway.server.caller.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,                192.0.2.1",
        "0.0.0.0,                  0.0.0.0",
        "255.255.255.255,          255.255.255.255",
        "::ffff:192.0.2.1,         192.0.2.1",
        "::ffff:c000:201,          192.0.2.1",
        "::,                       0:0:0:0:0:0:0:0",
        "::1,                      0:0:0:0:0:0:0:1",
        "1::,                      1:0:0:0:0:0:0:0",
        "2001:DB8::aBc,            2001:db8:0:0:0:0:0:abc",
        "1:2:3:4:5:6:7:8,          1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::,          1:2:3:4:5:6:7:0",
        "64:ff9b::192.0.2.33,      64:ff9b:0:0:0:0:c000:221",
    })
    void readsWhatIsPlainlyAnAddress(String text, String expected) {
        assertThat(ClientAddress.find(text)).map(ClientAddress::toString).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "unknown",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.-4",
                "1..3.4",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.4 ",
                "::ffff:1.2.3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":1::2",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "1.2.3.4::",
                "::1.2.3.4:5",
                ":::",
                ":",
                "１.2.3.4",
                "::１"
            })
    void takesNothingElseForOne(String text) {
        assertThat(ClientAddress.find(text)).isEmpty();
    }

    @Test
    void isTheSameForTheBytesOfBothSocketFamilies() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};

        assertThat(ClientAddress.of(mapped)).isEqualTo(ClientAddress.of(new byte[] {(byte) 192, 0, 2, 1}));
        assertThat(ClientAddress.of(InetAddress.getByName("2001:db8::7").getAddress()))
                .hasToString("2001:db8:0:0:0:0:0:7");
    }

    @Test
    void refusesBytesOfNoFamily() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientAddress.of(new byte[5]))
                .withMessageContaining("5 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.255.0.1,          true",
        "10.0.0.0/8,      11.0.0.0,            false",
        "10.0.0.0/8,      ::ffff:10.1.1.1,     true",
        "127.0.0.1,       127.0.0.1,           true",
        "127.0.0.1,       127.0.0.2,           false",
        "0.0.0.0/0,       203.0.113.9,         true",
        "0.0.0.0/0,       2001:db8::1,         false",
        "::/0,            2001:db8::1,         true",
        "2001:db8::/32,   2001:db8:ffff::1,    true",
        "2001:db8::/32,   2001:db9::1,         false",
        "2001:db8:0:1::/64, 2001:db8:0:1:f::1, true",
        "::1,             ::1,                 true",
        "::1/128,         ::2,                 false",
    })
    void aRangeContainsWhatSharesItsPrefix(String range, String address, boolean contained) {
        assertThat(AddressRange.parse(range)
                        .contains(ClientAddress.find(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "::/129",
                "proxy.example/8",
                "10.0.0.1/8"
            })
    void refusesRangesThatAreNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageStartingWith("\"" + text + "\" ")
                .withMessageContaining("accepted are blocks such as 10.0.0.0/8");
    }

    @Test
    void saysWhichRangeIsMeantWhenBitsAreSetBehindThePrefix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse("10.0.0.1/8"))
                .withMessageContaining("do you mean 10.0.0.0/8?");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8", "2001:db8:0:0:0:0:0:0/32", "127.0.0.1/32"})
    void aRangePrintsAsItIsWritten(String text) {
        assertThat(AddressRange.parse(text)).hasToString(text);
    }
}
