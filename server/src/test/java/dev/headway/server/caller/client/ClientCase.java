package dev.headway.server.caller.client;

import dev.headway.server.RepositoryFile;
import dev.headway.server.caller.address.AddressRange;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.address.NetworkSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the table in docs/callers.md that says who is asking; an immutable value.
 *
 * <p>The table is read from the page, so that what is documented is what is tested.
 *
 * @param claim what the row shows
 * @param peer the address of the TCP peer, or "unix"
 * @param headerFields the header fields as a client sends them
 * @param client the address that is counted
 */
public record ClientCase(String claim, String peer, List<String> headerFields, String client) {
    /** The trusted proxies of the table. */
    public static final NetworkSet TRUSTED = NetworkSet.of(List.of(
            AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::/8"), AddressRange.parse("127.0.0.0/8")));

    private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| `([^`|]+)` \\| ([^|]*)\\| `([^`|]+)` \\|");
    private static final Pattern FIELD = Pattern.compile("`([^`]*)`");
    private static final Pattern REPEATED = Pattern.compile("\\(([^()]*)×(\\d+)\\)");

    /** Returns the rows in the order of the page. */
    public static List<ClientCase> all() throws IOException {
        return RepositoryFile.read("docs/callers.md")
                .lines()
                .dropWhile(line -> !line.equals("## Every case"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new ClientCase(row.group(1), row.group(2), fields(row.group(3)), row.group(4)))
                .toList();
    }

    /** Returns the address that the peer has for the server. */
    public ClientAddress peerAddress() {
        return peer.equals("unix") ? ClientAddress.LOOPBACK : address(peer);
    }

    /** Returns the address that is counted. */
    public ClientAddress clientAddress() {
        return address(client);
    }

    /** Returns the header fields as the server sees them. */
    public FieldValues fields() {
        return name -> {
            List<String> values = new ArrayList<>();
            for (String field : headerFields) {
                int colon = field.indexOf(':');
                if (field.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                    values.add(field.substring(colon + 1).strip());
                }
            }
            return values;
        };
    }

    /** Returns what the row shows, as the name of a test. */
    @Override
    public String toString() {
        return claim;
    }

    private static List<String> fields(String cell) {
        return FIELD.matcher(cell)
                .results()
                .map(field -> repeated(field.group(1).replace("\\t", "\t")))
                .toList();
    }

    private static String repeated(String text) {
        return REPEATED.matcher(text)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1).repeat(Integer.parseInt(part.group(2)))));
    }

    private static ClientAddress address(String text) {
        return ClientAddress.find(text).orElseThrow(() -> new IllegalArgumentException(text + " is no address"));
    }
}
