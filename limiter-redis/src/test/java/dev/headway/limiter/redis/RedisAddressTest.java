package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.redis.RedisAddress.Topology;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims about what can be said of where Redis is, and that complaints tell no password. */
final class RedisAddressTest {

    @Test
    void readsAHostWithPortAndDatabase() {
        RedisURI uri = only("redis://cache.example:6380/2");

        assertThat(uri.getHost()).isEqualTo("cache.example");
        assertThat(uri.getPort()).isEqualTo(6380);
        assertThat(uri.getDatabase()).isEqualTo(2);
        assertThat(uri.isSsl()).isFalse();
    }

    @Test
    void readsAnAddressOfIpv6() {
        assertThat(only("redis://[2001:db8::1]:6380").getHost()).isEqualTo("2001:db8::1");
        assertThat(RedisAddress.parse("redis://[::1]").describe()).isEqualTo("[::1]:6379");
    }

    @Test
    void readsTlsAndCredentials() {
        RedisURI uri = only("rediss://me:s%40cret@cache.example");

        assertThat(uri.isSsl()).isTrue();
        assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
        assertThat(uri.getPort()).isEqualTo(6379);
        assertThat(credentials(uri)).isEqualTo("me:s@cret");
        assertThat(only("rediss://cache.example?verify=ca").getVerifyMode()).isEqualTo(SslVerifyMode.CA);
    }

    @Test
    void readsTheFilesOfTls(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("some.pem"), "");

        RedisAddress address = RedisAddress.parse("rediss-cluster://cache.example?ca-file=" + file + "&cert-file="
                + file + "&key-file=" + file + "&verify=none");

        assertThat(address.tls().authorities()).contains(file);
        assertThat(address.tls().identity()).contains(new TlsFiles.Identity(file, file));
    }

    @Test
    void readsAUnixSocket() {
        RedisURI plain = only("redis+unix:///run/redis.sock");
        RedisURI guarded = only("redis+unix://:s%40cret@/run/redis.sock?db=3");

        assertThat(plain.getSocket()).isEqualTo("/run/redis.sock");
        assertThat(guarded.getSocket()).isEqualTo("/run/redis.sock");
        assertThat(guarded.getDatabase()).isEqualTo(3);
        assertThat(credentials(guarded)).isEqualTo("null:s@cret");
    }

    @Test
    void readsSentinelsTheirMasterAndTheirOwnPassword() {
        RedisAddress address = RedisAddress.parse(
                "redis-sentinel://me:secret@one.example,two.example:26380/4?master=limits&sentinel-password=other");
        RedisURI uri = address.nodes().get(0);

        assertThat(address.topology()).isEqualTo(Topology.SENTINEL);
        assertThat(address.describe()).isEqualTo("one.example:26379,two.example:26380");
        assertThat(uri.getSentinelMasterId()).isEqualTo("limits");
        assertThat(uri.getDatabase()).isEqualTo(4);
        assertThat(credentials(uri)).isEqualTo("me:secret");
        assertThat(credentials(uri.getSentinels().get(1))).isEqualTo("null:other");
    }

    @Test
    void readsTheSeedsOfACluster() {
        RedisAddress address = RedisAddress.parse("redis-cluster://:secret@one.example:7000,two.example");

        assertThat(address.topology()).isEqualTo(Topology.CLUSTER);
        assertThat(address.describe()).isEqualTo("one.example:7000,two.example:6379");
        assertThat(credentials(address.nodes().get(1))).isEqualTo("null:secret");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    '', no address
                    redis://, 'no host, or a host that cannot be read'
                    redis:/host, no address
                    cache.example:6379, no address
                    http://cache.example, no scheme that is known
                    redis://host:port, 'no host, or a host that cannot be read'
                    redis://host:70000, a port that there is not
                    'redis://me:secret word@host', a character that has to be escaped
                    'redis://me:sec#ret@host', a character that has to be escaped
                    'redis://me:%secret@host', a character that has to be escaped
                    redis://secret@host, a user without a colon and a password
                    redis://host/zero, a database that is no number
                    'redis://one,two', not exactly one host
                    'redis://host?verify=none', an option behind ? that means nothing there
                    'rediss://host?verify=secret', 'a verify= that is none of full, ca and none'
                    'rediss://host?secret=1', 'an option behind ? that means nothing there, where ca-file, cert-file, key-file, verify are known'
                    'rediss://host?ca-file=/nonexistent', the file /nonexistent cannot be read
                    'redis-sentinel://host', no ?master= for Sentinel
                    'redis-sentinel://host?master', 'an option without a value, or one that is there twice'
                    'redis-cluster://host/1', a cluster has database 0 alone
                    redis+unix://, 'a host, or no path'
                    redis+unix://host/run/redis.sock, 'a host, or no path'
                    redis+unix://secret@/run/redis.sock, a user without a colon and a password
                    'redis+unix:///run/redis.sock?db=secret', a database that is no number
                    """)
    void saysWhatItCannotReadAndRepeatsNoneOfIt(String text, String complaint) {
        assertThatThrownBy(() -> RedisAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint + "; " + RedisAddress.ACCEPTED);
    }

    @Test
    void wantsTheKeyOfACertificate(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("some.pem"), "");

        assertThatThrownBy(() -> RedisAddress.parse("rediss://host?cert-file=" + file))
                .hasMessageStartingWith("one of cert-file and key-file without the other");
    }

    private static RedisURI only(String text) {
        RedisAddress address = RedisAddress.parse(text);
        assertThat(address.topology()).isEqualTo(Topology.SERVER);
        assertThat(address.nodes()).hasSize(1);
        return address.nodes().get(0);
    }

    private static String credentials(RedisURI uri) {
        var credentials = uri.getCredentialsProvider().resolveCredentials().block();
        return credentials.getUsername() + ":" + new String(credentials.getPassword());
    }
}
