package dev.headway.server.api.limits;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CallerRules;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.Client;
import dev.headway.server.caller.client.ClientResolver;
import dev.headway.server.caller.keys.KnownUsers;
import dev.headway.server.http.HttpProblem;
import java.util.Optional;

/** Reads the names by which the operator asks for clients, as {@link CountedBy#nameOf} writes them; threads may share it. */
final class ClientNames {
    private static final String USER = "user:";

    private final CountedBy countedBy;
    private final ClientResolver resolver;
    private final Optional<KnownUsers> users;

    ClientNames(CallerRules callers, Optional<KnownUsers> users) {
        this.countedBy = callers.countedBy();
        this.resolver = callers.resolver();
        this.users = users;
    }

    /**
     * Returns who is named.
     *
     * @throws HttpProblem 400 when it is nobody who is counted
     */
    Named require(String name) {
        if (!name.startsWith(USER)) {
            return new Named(Caller.anonymous(client(name, name)), true);
        }
        String user = name.substring(USER.length());
        return switch (countedBy) {
            case IP -> throw wrong(name, "users are not counted, as RATE_LIMIT_KEY is ip; accepted is an address");
            case USER -> new Named(new Caller(Caller.LOCAL.client(), user(name, user)), false);
            case USER_AND_IP -> userAtAddress(name, user);
        };
    }

    private Named userAtAddress(String name, String userAtAddress) {
        int at = userAtAddress.lastIndexOf('@');
        if (at < 0) {
            throw wrong(name, "a user is counted at each address; accepted is user:NAME@ADDRESS");
        }
        Client client = client(name, userAtAddress.substring(at + 1));
        return new Named(new Caller(client, user(name, userAtAddress.substring(0, at))), true);
    }

    private Client client(String name, String address) {
        return ClientAddress.find(address)
                .map(resolver::client)
                .orElseThrow(
                        () -> wrong(name, "accepted is an address such as 198.51.100.1 or 2001:db8::1, or user:NAME"));
    }

    /** Returns the user with the tier of the moment; whoever has no key any more may still have been counted. */
    private User user(String name, String user) {
        try {
            return users.flatMap(known -> known.find(user)).orElseGet(() -> new User(user, Optional.empty()));
        } catch (IllegalArgumentException noName) {
            throw wrong(name, String.valueOf(noName.getMessage()));
        }
    }

    private static HttpProblem wrong(String name, String what) {
        return HttpProblem.detail(400, "\"" + name + "\" is no client: " + what);
    }
}
