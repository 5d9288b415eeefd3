package dev.headway.server.throttle;

import dev.headway.server.caller.ClientResolver;
import dev.headway.server.caller.NetworkSet;
import java.util.Optional;

/**
 * How clients are told apart, limited and told about it; an immutable value.
 *
 * @param enabled whether anything is counted at all
 * @param execute the limit of {@link LimitClass#EXECUTE}
 * @param general the limit of {@link LimitClass#GENERAL}
 * @param filesystem the limit of {@link LimitClass#FILESYSTEM}
 * @param read the limit of {@link LimitClass#READ}
 * @param download the limit of {@link LimitClass#DOWNLOAD}
 * @param headers which header fields are sent
 * @param documentation the page that a refusal points to
 * @param trustedProxies the peers that may speak for others
 * @param ipv6Prefix the number of leading bits that make one client of IPv6
 * @param maxClients how many clients, each counted once per endpoint, are held in memory
 */
public record RateLimitSettings(
        boolean enabled,
        Rate execute,
        Rate general,
        Rate filesystem,
        Rate read,
        Rate download,
        HeaderStyle headers,
        Optional<String> documentation,
        NetworkSet trustedProxies,
        int ipv6Prefix,
        int maxClients) {
    /** Finds the limit of a class; there is none for {@link LimitClass#NONE}. */
    public Optional<Rate> rate(LimitClass limitClass) {
        return switch (limitClass) {
            case EXECUTE -> Optional.of(execute);
            case GENERAL -> Optional.of(general);
            case FILESYSTEM -> Optional.of(filesystem);
            case READ -> Optional.of(read);
            case DOWNLOAD -> Optional.of(download);
            case NONE -> Optional.empty();
        };
    }

    /** Returns a resolver that tells clients apart as these settings say. */
    public ClientResolver resolver() {
        return new ClientResolver(trustedProxies, ipv6Prefix);
    }
}
