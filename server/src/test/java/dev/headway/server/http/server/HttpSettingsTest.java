package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.1.2.3, true",
        "localhost, true",
        "::1, true",
        "unix:/run/headway.sock, true",
        "0.0.0.0, false",
        "::, false",
        "192.0.2.1, false",
        "no-such-name.invalid, false"
    })
    void knowsWhetherOnlyThisMachineReachesTheServer(String host, boolean local) {
        assertThat(HttpBounds.listeningOn(host).isLocal()).isEqualTo(local);
    }
}
