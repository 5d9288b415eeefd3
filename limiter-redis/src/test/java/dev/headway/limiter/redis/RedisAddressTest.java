package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisAddressTest {

    @Test
    void readsAHostWithPortAndDatabase() {
        RedisURI uri = RedisAddress.parse("redis://cache.example:6380/2");

        assertThat(uri.getHost()).isEqualTo("cache.example");
        assertThat(uri.getPort()).isEqualTo(6380);
        assertThat(uri.getDatabase()).isEqualTo(2);
        assertThat(uri.isSsl()).isFalse();
    }

    @Test
    void readsTlsAndCredentials() {
        RedisURI uri = RedisAddress.parse("rediss://me:s%40cret@cache.example");

        assertThat(uri.isSsl()).isTrue();
        assertThat(uri.getPort()).isEqualTo(6379);
        assertThat(credentials(uri)).isEqualTo("me:s@cret");
    }

    @Test
    void readsAUnixSocket() {
        RedisURI plain = RedisAddress.parse("redis+unix:///run/redis.sock");
        RedisURI guarded = RedisAddress.parse("redis+unix://:s%40cret@/run/redis.sock?db=3");

        assertThat(plain.getSocket()).isEqualTo("/run/redis.sock");
        assertThat(guarded.getSocket()).isEqualTo("/run/redis.sock");
        assertThat(guarded.getDatabase()).isEqualTo(3);
        assertThat(credentials(guarded)).isEqualTo("null:s@cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "redis://",
                "redis:/host",
                "cache.example:6379",
                "http://cache.example",
                "redis://host:port",
                "redis://me:secret word@host",
                "redis://host/zero",
                "redis+unix://",
                "redis+unix://host/run/redis.sock",
                "redis+unix://secret@/run/redis.sock",
                "redis+unix:///run/redis.sock?db=secret"
            })
    void repeatsNothingOfWhatItCannotRead(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accepted are redis://user:password@host:port/database, rediss:// for TLS, "
                        + "and redis+unix:///path?db=database");
    }

    private static String credentials(RedisURI uri) {
        var credentials = uri.getCredentialsProvider().resolveCredentials().block();
        return credentials.getUsername() + ":" + new String(credentials.getPassword());
    }
}
