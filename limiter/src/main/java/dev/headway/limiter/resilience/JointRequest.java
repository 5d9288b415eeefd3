package dev.headway.limiter.resilience;

import dev.headway.limiter.Decision;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.SpaceClaim;
import dev.headway.limiter.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A request for permits of several keys of a resilient store, all or none. Immutable; used by one thread.
 *
 * <p>It is decided as a request for one key is: within a window after requests were decided alone it must fit this server's own count; then the
 * distant store decides, and what it gives is counted here too; while that is away, this server's shares decide, all or none.
 */
final class JointRequest {
    private final Care care;
    private final List<Part> parts;

    /** One claim, and the space that it is for. */
    private record Part(ResilientSpace space, SpaceClaim claim) {
        static Part of(SpaceClaim claim, Care care) {
            if (!(claim.space() instanceof ResilientSpace space) || space.care() != care) {
                throw new IllegalArgumentException("key \"" + claim.key() + "\" is claimed in another store; "
                        + "joint requests are accepted within one");
            }
            return new Part(space, claim);
        }

        SpaceClaim in(LimitSpace other) {
            return new SpaceClaim(other, claim.key(), claim.permits(), claim.advisory());
        }

        SpaceClaim inDistantStore() {
            return in(space.shared().decidingFor(claim.key()));
        }

        StandIn standIn() {
            return space.standIn().orElseThrow();
        }

        /** Counts what the distant store gave, unless that was done before. */
        Decision count(Decision decision, Optional<Decision> own) {
            if (!(decision instanceof Decision.Allowed allowed)) {
                own.ifPresent(ResilientSpace::giveBack);
                return decision;
            }
            return space.standIn()
                    .<Decision>map(alone ->
                            CountedReceipt.join(allowed, own.orElseGet(() -> alone.take(claim.key(), claim.permits()))))
                    .orElse(allowed);
        }

        void remember(Decision decision, long askedNanos) {
            if (decision instanceof Decision.Refused refused) {
                space.remember(claim.key(), claim.permits(), refused, askedNanos);
            }
        }
    }

    /** Throws {@link IllegalArgumentException} if a claim is for a space of another store. */
    JointRequest(Care care, List<SpaceClaim> claims) {
        this.care = care;
        this.parts = claims.stream().map(claim -> Part.of(claim, care)).toList();
    }

    /** Asks whoever can be asked; throws {@link StoreUnavailableException} if nobody can. */
    List<Decision> make() {
        boolean counts =
                hasStandIn() && parts.stream().anyMatch(part -> part.space().isMerging());
        List<Decision> own = counts ? takeAll(part -> part.in(part.standIn().own())) : List.of();
        if (isRefusedByLimit(own)) {
            return own;
        }
        try {
            return askDistantStore(isAllowed(own) ? own : List.of());
        } catch (RuntimeException noAnswer) {
            own.forEach(ResilientSpace::giveBack);
            throw noAnswer;
        }
    }

    private List<Decision> askDistantStore(List<Decision> own) {
        if (!care.tryPass()) {
            return alone(own, care.reason());
        }
        long askedNanos = care.nanos();
        try {
            List<Decision> decisions = takeAll(Part::inDistantStore);
            care.succeeded();
            return settle(decisions, own, askedNanos);
        } catch (StoreUnavailableException failure) {
            care.failed(failure);
            return alone(own, failure);
        }
    }

    private List<Decision> takeAll(Function<Part, SpaceClaim> where) {
        List<SpaceClaim> claims = parts.stream().map(where).toList();
        return claims.get(0).space().tryAcquireAll(claims);
    }

    private List<Decision> settle(List<Decision> decisions, List<Decision> own, long askedNanos) {
        if (!isAllowed(decisions)) {
            own.forEach(ResilientSpace::giveBack);
            IntStream.range(0, parts.size())
                    .forEach(place -> parts.get(place).remember(decisions.get(place), askedNanos));
            return decisions;
        }
        List<Decision> counted = new ArrayList<>();
        for (int place = 0; place < parts.size(); place++) {
            Optional<Decision> known = own.isEmpty() ? Optional.empty() : Optional.of(own.get(place));
            counted.add(parts.get(place).count(decisions.get(place), known));
        }
        return counted;
    }

    private List<Decision> alone(List<Decision> own, StoreUnavailableException reason) {
        own.forEach(ResilientSpace::giveBack);
        if (!hasStandIn()) {
            throw reason;
        }
        List<Decision> decisions = takeAll(part -> part.in(part.standIn().share()));
        care.countAlone(0);
        return IntStream.range(0, parts.size())
                .mapToObj(place -> inTermsOfOwn(parts.get(place), decisions.get(place)))
                .toList();
    }

    private static Decision inTermsOfOwn(Part part, Decision decision) {
        return part.standIn().inTermsOfOwn(decision, part.claim().permits());
    }

    private boolean hasStandIn() {
        return parts.get(0).space().standIn().isPresent();
    }

    private boolean isAllowed(List<Decision> decisions) {
        return IntStream.range(0, decisions.size())
                .allMatch(place -> decisions.get(place).allowed()
                        || parts.get(place).claim().advisory());
    }

    /** A stand-in that is full of other keys says nothing about these. */
    private boolean isRefusedByLimit(List<Decision> own) {
        return IntStream.range(0, own.size())
                .filter(place -> !parts.get(place).claim().advisory())
                .mapToObj(own::get)
                .anyMatch(decision ->
                        decision instanceof Decision.NeverPossible || ResilientSpace.isRefusedByLimit(decision));
    }
}
