package dev.headway.server.http.server;

import dev.headway.server.caller.Identity;
import dev.headway.server.caller.User;
import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.http.Access;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Response;
import io.vertx.core.MultiMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the keys that callers show; safe to share between threads.
 *
 * <p>It is asked twice. Before the limit, who it is that asks: that costs a hash and one look into a table, and only where a
 * key is shown. After the limit, whether they may: a refused request learns nothing about its key.
 */
final class Guard {
    private static final String BEARER = "bearer ";
    private static final String INVALID = "Invalid API key";

    private final Keys keys;

    Guard(Keys keys) {
        this.keys = keys;
    }

    /** Returns whom the key of a request shows its sender to be. */
    Identity identify(Access access, MultiMap headers) {
        return switch (access) {
            case OPEN, TRAINING_KEY -> user(headers);
            case FILESYSTEM_KEY ->
                keys.filesystem().map(known -> identifyForFiles(known, headers)).orElseGet(() -> user(headers));
            case METRICS_KEY -> Identity.ANONYMOUS;
            case OPERATOR_KEY -> shown(headers).map(this::operator).orElse(Identity.ANONYMOUS);
        };
    }

    /**
     * Returns if the caller may go on.
     *
     * @throws HttpProblem 401 without a key, 403 with a wrong one; for the operator's routes 404, as if there were none
     */
    void require(Access access, Identity identity, MultiMap headers) {
        switch (access) {
            case OPEN -> {}
            case TRAINING_KEY -> keys.users().ifPresent(known -> requireUser(identity));
            case FILESYSTEM_KEY -> keys.filesystem().ifPresent(known -> requireFilesystem(known, headers));
            case OPERATOR_KEY -> requireOperator(identity);
            case METRICS_KEY -> keys.metrics().ifPresent(known -> requireMetrics(known, headers));
        }
    }

    private Identity user(MultiMap headers) {
        if (keys.users().isEmpty()) {
            return Identity.ANONYMOUS;
        }
        return shown(headers)
                .map(key -> keys.users().get().identify(KeyDigest.ofField(key)))
                .orElse(Identity.ANONYMOUS);
    }

    /** X-API-Key is here the key that all share; users may name themselves by Authorization. */
    private Identity identifyForFiles(KeyDigest known, MultiMap headers) {
        String key = headers.get(HeaderNames.API_KEY);
        if (key == null) {
            return user(headers);
        }
        if (!known.equals(KeyDigest.ofField(key))) {
            return Identity.STRANGER;
        }
        return bearer(headers)
                .flatMap(token -> keys.users().map(users -> users.identify(KeyDigest.ofField(token))))
                .filter(User.class::isInstance)
                .orElse(Identity.KEY_HOLDER);
    }

    private Identity operator(String key) {
        return keys.operator().filter(KeyDigest.ofField(key)::equals).isPresent()
                ? Identity.OPERATOR
                : Identity.STRANGER;
    }

    private static void requireUser(Identity identity) {
        if (identity instanceof Identity.Anonymous) {
            throw missingKey();
        }
        if (!(identity instanceof User)) {
            throw HttpProblem.detail(403, INVALID);
        }
    }

    private static void requireFilesystem(KeyDigest known, MultiMap headers) {
        String key = Optional.ofNullable(headers.get(HeaderNames.API_KEY))
                .orElseThrow(() -> missing("Missing X-API-Key header", "ApiKey"));
        if (!known.equals(KeyDigest.ofField(key))) {
            throw HttpProblem.detail(403, INVALID);
        }
    }

    private static void requireMetrics(KeyDigest known, MultiMap headers) {
        String key = shown(headers).orElseThrow(Guard::missingKey);
        if (!known.equals(KeyDigest.ofField(key))) {
            throw HttpProblem.detail(403, INVALID);
        }
    }

    private static void requireOperator(Identity identity) {
        if (!(identity instanceof Identity.Operator)) {
            throw HttpProblem.detail(404, "Not Found");
        }
    }

    private static Optional<String> shown(MultiMap headers) {
        Optional<String> token = bearer(headers);
        return token.isPresent() ? token : Optional.ofNullable(headers.get(HeaderNames.API_KEY));
    }

    private static Optional<String> bearer(MultiMap headers) {
        return bearer(headers.get(HeaderNames.AUTHORIZATION));
    }

    private static Optional<String> bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static HttpProblem missingKey() {
        return missing("Missing API key: send Authorization: Bearer or X-API-Key", "Bearer");
    }

    private static HttpProblem missing(String text, String scheme) {
        return new HttpProblem(Response.detail(401, text).withHeader("www-authenticate", scheme));
    }
}
