package dev.headway.limiter.redis;

import io.lettuce.core.SslOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files by which TLS is told whom to trust and who we are, all PEM. Immutable; threads may share it.
 *
 * @param authorities certificates of those who may vouch for Redis; those of the Java platform if there is none
 * @param identity who we are, if Redis asks for it
 */
record TlsFiles(Optional<Path> authorities, Optional<Identity> identity) {

    /**
     * A client's certificate and its key.
     *
     * @param certificate the certificate, with those that lead from it to an authority
     * @param key its private key, PKCS#8 without a password
     */
    record Identity(Path certificate, Path key) {}

    static TlsFiles none() {
        return new TlsFiles(Optional.empty(), Optional.empty());
    }

    SslOptions options() {
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
        authorities.ifPresent(file -> options.trustManager(file.toFile()));
        identity.ifPresent(files ->
                options.keyManager(files.certificate().toFile(), files.key().toFile(), new char[0]));
        return options.build();
    }
}
