package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CallerSet;
import dev.headway.server.caller.Identity;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.throttle.answer.LimitStanding;
import dev.headway.server.throttle.answer.Ruling;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is decided about a caller before any endpoint is; safe to share between threads, and never blocks.
 *
 * <p>Whoever is denied is not served, whoever is allowed is not limited, and whoever has shown too many keys that are none
 * has to wait. The last holds for right keys too as long as it lasts: if the right one were let through, the answers would
 * tell a guesser which one it is, and guessing would be as fast as asking.
 */
final class Doorman {
    private static final String ANY_ENDPOINT = "*";

    private final CallerSet allowed;
    private final CallerSet denied;
    private final Counter authFailures;

    Doorman(CallerSet allowed, CallerSet denied, Counter authFailures) {
        this.allowed = allowed;
        this.denied = denied;
        this.authFailures = authFailures;
    }

    /** Returns the ruling, unless it is for the endpoint to decide. */
    Optional<Ruling> decide(Caller caller) {
        Optional<Ruling> listed = findListed(caller);
        return listed.isPresent() || caller.identity() instanceof Identity.Anonymous
                ? listed
                : afterKeys(caller, countKeys(caller));
    }

    /** Returns the ruling, unless it is for the endpoint to decide, when a store elsewhere has answered. */
    CompletionStage<Optional<Ruling>> decideLater(Caller caller) {
        Optional<Ruling> listed = findListed(caller);
        return listed.isPresent() || caller.identity() instanceof Identity.Anonymous
                ? CompletableFuture.completedFuture(listed)
                : countKeysLater(caller).thenApply(ruling -> afterKeys(caller, ruling));
    }

    private Optional<Ruling> findListed(Caller caller) {
        if (denied.contains(caller)) {
            return Optional.of(Ruling.DENIED);
        }
        return allowed.contains(caller) ? Optional.of(Ruling.UNLIMITED) : Optional.empty();
    }

    private static Optional<Ruling> afterKeys(Caller caller, Ruling ruling) {
        if (ruling instanceof Ruling.Refused) {
            return Optional.of(ruling);
        }
        return caller.identity() instanceof Identity.Operator ? Optional.of(Ruling.UNLIMITED) : Optional.empty();
    }

    /** Returns how many keys that are none a caller's network may still show. */
    List<LimitStanding> standings(Caller caller) {
        ClientAddress network = caller.client().network();
        return authFailures.standings(ANY_ENDPOINT, network.high(), network.low());
    }

    /** Forgets the keys that a caller's network has shown. */
    void reset(Caller caller) {
        ClientAddress network = caller.client().network();
        authFailures.reset(network.high(), network.low());
    }

    private Ruling countKeys(Caller caller) {
        ClientAddress network = caller.client().network();
        return caller.identity() instanceof Identity.Stranger
                ? authFailures.count(network.high(), network.low(), 1)
                : authFailures.look(network.high(), network.low());
    }

    private CompletionStage<Ruling> countKeysLater(Caller caller) {
        ClientAddress network = caller.client().network();
        return caller.identity() instanceof Identity.Stranger
                ? authFailures.countLater(network.high(), network.low(), 1)
                : authFailures.lookLater(network.high(), network.low());
    }
}
