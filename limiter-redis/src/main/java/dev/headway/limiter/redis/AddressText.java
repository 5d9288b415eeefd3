package dev.headway.limiter.redis;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address taken apart: {@code scheme://user:password@host:port,host:port/path?name=value&name=value}. Immutable; threads may share it.
 *
 * <p>The JDK's {@link URI} knows of one host only. Escapes such as {@code %40} are read in users, passwords, paths and values.
 *
 * @param scheme what is before the colon
 * @param user the user, if there is one
 * @param password the password, if there is one
 * @param hostsText the hosts as they were written, perhaps none
 * @param path the path with its slash, or nothing
 * @param options what is behind the question mark, by name
 */
record AddressText(
        String scheme,
        Optional<String> user,
        Optional<String> password,
        String hostsText,
        String path,
        Map<String, String> options) {

    private static final Pattern WHOLE =
            Pattern.compile("([a-z+-]+)://(?:([^@/?]*)@)?([^@/?\\s]*)(/[^?\\s]*)?(?:\\?(\\S*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final Pattern DATABASE = Pattern.compile("[0-9]{1,4}");
    private static final int MOST_PORTS = 65_535;

    /**
     * A server of the network.
     *
     * @param name its name or its address
     * @param port its port
     */
    record Host(String name, int port) {}

    /** Takes an address apart; throws {@link IllegalArgumentException} if it has no such parts. */
    static AddressText parse(String text) {
        Matcher parts = WHOLE.matcher(text);
        if (!parts.matches()) {
            throw wrong("no address");
        }
        Optional<String> credentials = Optional.ofNullable(parts.group(2));
        return new AddressText(
                parts.group(1),
                credentials.map(AddressText::userOf).filter(name -> !name.isEmpty()),
                credentials.map(AddressText::passwordOf),
                parts.group(3),
                decode(Optional.ofNullable(parts.group(4)).orElse("")),
                optionsOf(Optional.ofNullable(parts.group(5)).orElse("")));
    }

    private static String userOf(String credentials) {
        return decode(credentials.substring(0, colonIn(credentials)));
    }

    private static String passwordOf(String credentials) {
        return decode(credentials.substring(colonIn(credentials) + 1));
    }

    private static int colonIn(String credentials) {
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            throw wrong("a user without a colon and a password");
        }
        return colon;
    }

    private static Map<String, String> optionsOf(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
            int equals = option.indexOf('=');
            if (equals < 1 || options.put(option.substring(0, equals), decode(option.substring(equals + 1))) != null) {
                throw wrong("an option without a value, or one that is there twice");
            }
        }
        return options;
    }

    private static String decode(String escaped) {
        try {
            URI uri = URI.create("escaped:/x" + escaped);
            if (uri.getRawFragment() == null && uri.getRawQuery() == null) {
                return uri.getPath().substring(2);
            }
        } catch (IllegalArgumentException e) {
            // It is as wrong as what is cut off by a # in the middle.
        }
        throw wrong("a character that has to be escaped");
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** The hosts, at least one, with this port where none is written. */
    List<Host> hosts(int usualPort) {
        List<Host> hosts = new ArrayList<>();
        for (String host : hostsText.split(",", -1)) {
            hosts.add(host(host, usualPort));
        }
        return hosts;
    }

    private static Host host(String text, int usualPort) {
        Matcher parts = HOST.matcher(text);
        if (!parts.matches()) {
            throw wrong("no host, or a host that cannot be read");
        }
        int port = parts.group(2) == null ? usualPort : Integer.parseInt(parts.group(2));
        if (port < 1 || port > MOST_PORTS) {
            throw wrong("a port that there is not");
        }
        String name = parts.group(1);
        return new Host(name.startsWith("[") ? name.substring(1, name.length() - 1) : name, port);
    }

    /** The database that the path names; 0 if it names none. */
    int databaseOfPath() {
        return path.length() < 2 ? 0 : database(path.substring(1));
    }

    static int database(String text) {
        if (!DATABASE.matcher(text).matches()) {
            throw wrong("a database that is no number");
        }
        return Integer.parseInt(text);
    }

    /** The complaint about an address, which says what is wrong with it and does not repeat it. */
    static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + "; " + RedisAddress.ACCEPTED);
    }
}
