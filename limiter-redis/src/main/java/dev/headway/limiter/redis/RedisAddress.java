package dev.headway.limiter.redis;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Redis is, as text: {@code redis://user:password@host:6379/0}, {@code rediss://…} for TLS, or {@code
 * redis+unix://user:password@/run/redis.sock?db=0}. Stateless.
 *
 * <p>Complaints never repeat the text, since a password may be in it.
 */
final class RedisAddress {

    private static final String ACCEPTED =
            "accepted are redis://user:password@host:port/database, rediss:// for TLS, and redis+unix:///path?db=database";
    private static final String UNIX = "redis+unix";
    private static final Pattern DATABASE = Pattern.compile("db=([0-9]{1,4})");

    private RedisAddress() {}

    /** Reads an address; throws {@link IllegalArgumentException} for anything else. */
    static RedisURI parse(String text) {
        URI uri = parseUri(text);
        if (UNIX.equals(uri.getScheme())) {
            return unixSocket(uri);
        }
        boolean isNetwork = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
        if (!isNetwork || uri.getHost() == null) {
            throw wrong();
        }
        return network(uri);
    }

    private static URI parseUri(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw wrong();
        }
    }

    private static RedisURI network(URI uri) {
        if (!uri.getRawPath().matches("(/[0-9]{0,4})?")) {
            throw wrong();
        }
        try {
            return RedisURI.create(uri);
        } catch (RuntimeException e) {
            throw wrong();
        }
    }

    private static RedisURI unixSocket(URI uri) {
        if (uri.getHost() != null || uri.getPath().length() < 2) {
            throw wrong();
        }
        RedisURI.Builder address = RedisURI.Builder.socket(uri.getPath());
        if (uri.getQuery() != null) {
            address.withDatabase(database(uri.getQuery()));
        }
        if (uri.getRawAuthority() != null) {
            authenticate(address, uri.getRawAuthority());
        }
        return address.build();
    }

    private static int database(String query) {
        Matcher matcher = DATABASE.matcher(query);
        if (!matcher.matches()) {
            throw wrong();
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Reads {@code user:password@} or {@code :password@}. */
    private static void authenticate(RedisURI.Builder address, String authority) {
        int colon = authority.indexOf(':');
        if (colon < 0 || !authority.endsWith("@")) {
            throw wrong();
        }
        String user = decode(authority.substring(0, colon));
        char[] password =
                decode(authority.substring(colon + 1, authority.length() - 1)).toCharArray();
        if (user.isEmpty()) {
            address.withPassword(password);
        } else {
            address.withAuthentication(user, password);
        }
    }

    private static String decode(String escaped) {
        return URI.create("escaped:/" + escaped).getPath().substring(1);
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(ACCEPTED);
    }
}
