package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.redis.StoreUnavailable.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a store trusts with its limits, and as whom it comes, over real TLS to a real Redis. Threads do not share it. */
final class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Certificate ours;

    @BeforeEach
    void makeCertificate() throws Exception {
        InstalledRedis.require();
        ours = Certificate.make(directory, "server", "ip:127.0.0.1");
    }

    @Test
    void sharesLimitsWithAServerForWhomAnAuthorityVouches() {
        try (InstalledRedis redis = start(ours, "no");
                RedisStore store = store(redis, "?ca-file=" + ours.certificate())) {
            assertThat(admitted(store)).isEqualTo(10);
        }
    }

    @Test
    void asksNobodyForWhomNoAuthorityVouches() {
        try (InstalledRedis redis = start(ours, "no");
                RedisStore store = store(redis, "")) {
            assertThat(troubleOf(store)).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void asksNobodyOfAnotherNameUnlessToldThatNamesDoNotMatter() throws Exception {
        Certificate elsewhere = Certificate.make(directory, "elsewhere", "dns:elsewhere.example");
        String authority = "?ca-file=" + elsewhere.certificate();
        try (InstalledRedis redis = start(elsewhere, "no");
                RedisStore strict = store(redis, authority);
                RedisStore lax = store(redis, authority + "&verify=ca");
                RedisStore blind = store(redis, "?verify=none")) {
            assertThat(troubleOf(strict)).isEqualTo(Reason.UNREACHABLE);
            assertThat(admitted(lax)).isEqualTo(10);
            assertThat(admitted(blind)).isZero();
        }
    }

    @Test
    void comesAsWhomItsCertificateSays() throws Exception {
        Certificate client = Certificate.make(directory, "client", "dns:client.example");
        Path both = Files.writeString(
                directory.resolve("both.crt"),
                Files.readString(ours.certificate()) + Files.readString(client.certificate()));
        String authority = "?ca-file=" + ours.certificate();
        try (InstalledRedis redis = start(ours, "yes", both);
                RedisStore stranger = store(redis, authority);
                RedisStore known =
                        store(redis, authority + "&cert-file=" + client.certificate() + "&key-file=" + client.key())) {
            assertThat(troubleOf(stranger)).isEqualTo(Reason.UNREACHABLE);
            assertThat(admitted(known)).isEqualTo(10);
        }
    }

    private InstalledRedis start(Certificate certificate, String asksClients) {
        return start(certificate, asksClients, certificate.certificate());
    }

    private InstalledRedis start(Certificate certificate, String asksClients, Path authorities) {
        return InstalledRedis.startSecure(
                directory,
                "--tls-cert-file",
                certificate.certificate().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-ca-cert-file",
                authorities.toString(),
                "--tls-auth-clients",
                asksClients);
    }

    private static RedisStore store(InstalledRedis redis, String options) {
        return RedisStore.builder("rediss://127.0.0.1:" + redis.port() + "/0" + options)
                .deadline(PATIENCE)
                .build();
    }

    private static RateLimiter limiter(RedisStore store) {
        return RateLimiter.builder()
                .name("login")
                .limits(Limit.parse("10/hour"))
                .store(store)
                .build();
    }

    private static long admitted(RedisStore store) {
        RateLimiter limiter = limiter(store);
        return IntStream.range(0, 20)
                .filter(number -> limiter.tryAcquire("alice").allowed())
                .count();
    }

    private static Reason troubleOf(RedisStore store) {
        return catchThrowableOfType(StoreUnavailable.class, () -> limiter(store).tryAcquire("alice"))
                .reason();
    }
}
