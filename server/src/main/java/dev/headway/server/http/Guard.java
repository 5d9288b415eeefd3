package dev.headway.server.http;

import dev.headway.server.caller.KeyDigest;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets callers with the right key pass; immutable, so threads may share it. */
final class Guard {
    private static final String BEARER = "bearer ";

    private final Keys keys;

    Guard(Keys keys) {
        this.keys = keys;
    }

    /**
     * Returns if the caller may go on.
     *
     * @throws HttpProblem 401 without a key, 403 with a wrong one
     */
    void require(Access access, MultiMap headers) {
        switch (access) {
            case OPEN -> {}
            case TRAINING_KEY -> keys.training().ifPresent(known -> requireTraining(known, headers));
            case FILESYSTEM_KEY -> keys.filesystem().ifPresent(known -> requireFilesystem(known, headers));
        }
    }

    private static void requireTraining(Set<KeyDigest> known, MultiMap headers) {
        String key = bearer(headers.get("authorization"))
                .or(() -> Optional.ofNullable(headers.get("x-api-key")))
                .orElseThrow(() -> missing("Missing API key: send Authorization: Bearer or X-API-Key", "Bearer"));
        if (!known.contains(KeyDigest.of(key))) {
            throw HttpProblem.detail(403, "Invalid API key");
        }
    }

    private static void requireFilesystem(KeyDigest known, MultiMap headers) {
        String key = Optional.ofNullable(headers.get("x-api-key"))
                .orElseThrow(() -> missing("Missing X-API-Key header", "ApiKey"));
        if (!known.equals(KeyDigest.of(key))) {
            throw HttpProblem.detail(403, "Invalid API key");
        }
    }

    private static Optional<String> bearer(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static HttpProblem missing(String text, String scheme) {
        return new HttpProblem(Response.detail(401, text).withHeader("www-authenticate", scheme));
    }
}
