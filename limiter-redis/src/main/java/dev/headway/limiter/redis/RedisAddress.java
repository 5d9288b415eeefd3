package dev.headway.limiter.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where Redis is, and how it is reached. Immutable; threads may share it.
 *
 * <p>Complaints never repeat the text that they are about, since a password may be in it; only the names of files.
 *
 * @param topology what is found there
 * @param nodes the servers that are named: one, or the seeds of a cluster; for Sentinel one with the sentinels in it
 * @param tls the files that TLS needs
 */
record RedisAddress(Topology topology, List<RedisURI> nodes, TlsFiles tls) {

    static final String ACCEPTED = "accepted are redis://user:password@host:port/database, rediss:// for TLS,"
            + " redis-sentinel://host:port,host:port/database?master=name, redis-cluster://host:port,host:port"
            + " and redis+unix:///path?db=database";

    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final Set<String> TLS_OPTIONS = Set.of("ca-file", "cert-file", "key-file", "verify");

    /** What is found at an address. */
    enum Topology {
        /** One server, over the network or a Unix socket. */
        SERVER,
        /** Sentinels, which know the server that is the master now. */
        SENTINEL,
        /** A cluster, each of whose masters has some of the keys. */
        CLUSTER
    }

    /** Reads an address; throws {@link IllegalArgumentException} for anything else. */
    static RedisAddress parse(String text) {
        AddressText address = AddressText.parse(text.strip());
        return switch (address.scheme()) {
            case "redis", "rediss" -> server(address);
            case "redis+unix" -> unixSocket(address);
            case "redis-sentinel", "rediss-sentinel" -> sentinel(address);
            case "redis-cluster", "rediss-cluster" -> cluster(address);
            default -> throw AddressText.wrong("no scheme that is known");
        };
    }

    private static RedisAddress server(AddressText address) {
        requireOptions(address, tlsOptions(address));
        List<AddressText.Host> hosts = address.hosts(REDIS_PORT);
        if (hosts.size() != 1) {
            throw AddressText.wrong("not exactly one host");
        }
        RedisURI uri = network(address, hosts.get(0));
        uri.setDatabase(address.databaseOfPath());
        return new RedisAddress(Topology.SERVER, List.of(uri), tls(address));
    }

    private static RedisAddress unixSocket(AddressText address) {
        requireOptions(address, Set.of("db"));
        if (!address.hostsText().isEmpty() || address.path().length() < 2) {
            throw AddressText.wrong("a host, or no path");
        }
        RedisURI uri = RedisURI.Builder.socket(address.path()).build();
        uri.setDatabase(address.option("db").map(AddressText::database).orElse(0));
        authenticate(uri, address);
        return new RedisAddress(Topology.SERVER, List.of(uri), TlsFiles.none());
    }

    private static RedisAddress sentinel(AddressText address) {
        Set<String> options = new TreeSet<>(tlsOptions(address));
        options.addAll(Set.of("master", "sentinel-user", "sentinel-password"));
        requireOptions(address, options);
        String master = address.option("master").orElseThrow(() -> AddressText.wrong("no ?master= for Sentinel"));
        RedisURI uri = new RedisURI();
        uri.setSentinelMasterId(master);
        for (AddressText.Host host : address.hosts(SENTINEL_PORT)) {
            uri.getSentinels().add(oneSentinel(address, host));
        }
        uri.setDatabase(address.databaseOfPath());
        secure(uri, address);
        authenticate(uri, address);
        return new RedisAddress(Topology.SENTINEL, List.of(uri), tls(address));
    }

    private static RedisURI oneSentinel(AddressText address, AddressText.Host host) {
        RedisURI uri = RedisURI.create(host.name(), host.port());
        secure(uri, address);
        address.option("sentinel-password")
                .ifPresent(password -> authenticate(uri, address.option("sentinel-user"), password));
        return uri;
    }

    private static RedisAddress cluster(AddressText address) {
        requireOptions(address, tlsOptions(address));
        if (address.databaseOfPath() != 0) {
            throw AddressText.wrong("a cluster has database 0 alone");
        }
        List<RedisURI> nodes = address.hosts(REDIS_PORT).stream()
                .map(host -> network(address, host))
                .toList();
        return new RedisAddress(Topology.CLUSTER, nodes, tls(address));
    }

    private static RedisURI network(AddressText address, AddressText.Host host) {
        RedisURI uri = RedisURI.create(host.name(), host.port());
        secure(uri, address);
        authenticate(uri, address);
        return uri;
    }

    private static void authenticate(RedisURI uri, AddressText address) {
        address.password().ifPresent(password -> authenticate(uri, address.user(), password));
    }

    private static void authenticate(RedisURI uri, Optional<String> user, String password) {
        user.ifPresentOrElse(
                name -> uri.setAuthentication(name, password.toCharArray()),
                () -> uri.setAuthentication(password.toCharArray()));
    }

    private static void secure(RedisURI uri, AddressText address) {
        if (isSecure(address)) {
            uri.setSsl(true);
            uri.setVerifyPeer(verification(address.option("verify").orElse("full")));
        }
    }

    private static boolean isSecure(AddressText address) {
        return address.scheme().startsWith("rediss");
    }

    private static SslVerifyMode verification(String word) {
        return switch (word) {
            case "full" -> SslVerifyMode.FULL;
            case "ca" -> SslVerifyMode.CA;
            case "none" -> SslVerifyMode.NONE;
            default -> throw AddressText.wrong("a verify= that is none of full, ca and none");
        };
    }

    private static Set<String> tlsOptions(AddressText address) {
        return isSecure(address) ? TLS_OPTIONS : Set.of();
    }

    private static void requireOptions(AddressText address, Set<String> known) {
        Map<String, String> unknown = address.options().entrySet().stream()
                .filter(option -> !known.contains(option.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!unknown.isEmpty()) {
            throw AddressText.wrong("an option behind ? that means nothing there"
                    + (known.isEmpty() ? "" : ", where " + String.join(", ", new TreeSet<>(known)) + " are known"));
        }
    }

    private static TlsFiles tls(AddressText address) {
        Optional<Path> certificate = address.option("cert-file").map(RedisAddress::readable);
        Optional<Path> key = address.option("key-file").map(RedisAddress::readable);
        if (certificate.isPresent() != key.isPresent()) {
            throw AddressText.wrong("one of cert-file and key-file without the other");
        }
        return new TlsFiles(
                address.option("ca-file").map(RedisAddress::readable),
                certificate.map(file -> new TlsFiles.Identity(file, key.orElseThrow())));
    }

    private static Path readable(String name) {
        Path file = Path.of(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw AddressText.wrong("the file " + file + " cannot be read");
        }
        return file;
    }

    /** Where it is, for messages: no password in it. */
    String describe() {
        return nodes.stream()
                .flatMap(node -> topology == Topology.SENTINEL ? node.getSentinels().stream() : List.of(node).stream())
                .map(RedisAddress::describe)
                .collect(Collectors.joining(","));
    }

    private static String describe(RedisURI uri) {
        if (uri.getSocket() != null) {
            return uri.getSocket();
        }
        String host = uri.getHost();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + uri.getPort();
    }
}
