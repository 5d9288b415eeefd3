package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import dev.headway.limiter.SpaceClaim;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One attempt to take permits of several keys at once. For one thread.
 *
 * <p>All segments concerned are locked, in the order of their numbers, so that no two attempts wait for each other in a circle. Then all
 * claims are looked at, and only if each fits is anything taken; then the locks are opened. So whoever looks, with the lock or
 * without, sees all of it or nothing.
 *
 * <p>A segment can be split or converted between being found and being locked, limits can change, and the clock may be behind what
 * others have written; then the attempt is given up as long as nothing is taken, and another one is made.
 */
final class JointAttempt {
    private final List<Part> parts;
    private final long nanos;
    private final boolean isAnew;
    private boolean isRefused;

    /** One claim, and where it is decided. For one thread. */
    private static final class Part {
        private final SpaceClaim claim;
        private final MemorySpace space;
        private final Identity identity;
        private final LimitRules rules;
        private final Segment segment;
        private long answer;
        private boolean hasNewPlace;

        Part(SpaceClaim claim) {
            this.claim = claim;
            this.space = (MemorySpace) claim.space();
            this.identity = space.keys().hashing().of(claim.key());
            this.rules = space.currentRules();
            this.segment = space.keys().roomFor(identity);
        }

        int reference() {
            return segment.find(identity.high(), identity.low());
        }
    }

    JointAttempt(List<SpaceClaim> claims, long nanos, boolean isAnew) {
        this.parts = claims.stream().map(Part::new).toList();
        this.nanos = nanos;
        this.isAnew = isAnew;
    }

    /** Returns what became of the claims, or nothing if another attempt must be made. */
    List<Decision> make() {
        List<Segment> segments = parts.stream()
                .map(part -> part.segment)
                .distinct()
                .sorted(Comparator.comparingLong(Segment::number))
                .toList();
        segments.forEach(Segment::lock);
        try {
            return parts.stream().allMatch(this::look) ? settle() : List.of();
        } finally {
            segments.forEach(Segment::unlock);
        }
    }

    /** Looks whether a claim fits; returns false if that cannot be told. */
    private boolean look(Part part) {
        part.answer =
                part.segment.isRetired() || part.rules != part.space.currentRules() ? Keyspace.AGAIN : answer(part);
        return part.answer != Keyspace.AGAIN;
    }

    private long answer(Part part) {
        int permits = part.claim.permits();
        long wait = part.space.keys().waitInLine(part.segment, part.rules, part.identity, nanos, permits);
        if (wait > 0) {
            return isAnew ? wait : Keyspace.AGAIN;
        }
        return Keyspace.look(part.segment, part.rules, part.reference(), nanos, permits, isAnew);
    }

    private List<Decision> settle() {
        isRefused = !(parts.stream().allMatch(JointAttempt::fitsOrIsAdvisory) && takePlaces());
        for (Part part : parts) {
            if (fits(part)) {
                part.answer = isRefused ? Keyspace.IS_NEW : take(part);
            }
        }
        return parts.stream().map(this::describe).toList();
    }

    private Decision describe(Part part) {
        return part.space.describe(part.segment, part.rules, part.identity, nanos, part.claim.permits(), part.answer);
    }

    /** Returns whether the claims were refused for want of places for new keys. */
    boolean lacksRoom() {
        return isRefused && parts.stream().anyMatch(part -> part.answer == Keyspace.NO_PLACE);
    }

    private static boolean fits(Part part) {
        return part.answer == Keyspace.TAKEN || part.answer == Keyspace.IS_NEW;
    }

    private static boolean fitsOrIsAdvisory(Part part) {
        return fits(part) || part.claim.advisory();
    }

    /** Takes a place for each new key; if one finds none, gives the others back and returns false. */
    private boolean takePlaces() {
        for (Part part : parts) {
            if (part.answer == Keyspace.IS_NEW) {
                part.hasNewPlace = part.space.keys().tryTakePlace(part.segment);
                if (!part.hasNewPlace) {
                    part.answer = Keyspace.NO_PLACE;
                }
            }
        }
        boolean allHave = parts.stream().allMatch(JointAttempt::fitsOrIsAdvisory);
        if (!allHave) {
            parts.stream()
                    .filter(part -> part.hasNewPlace)
                    .forEach(part -> part.space.keys().givePlaceBack(part.segment));
        }
        return allHave;
    }

    private long take(Part part) {
        part.space.keys().take(part.segment, part.rules, part.identity, nanos, part.claim.permits());
        return Keyspace.TAKEN;
    }

    /** Throws {@link IllegalArgumentException} unless all claims are for different keys of spaces that belong together. */
    static void requireJoinable(List<SpaceClaim> claims, Population population) {
        for (SpaceClaim claim : claims) {
            if (!(claim.space() instanceof MemorySpace space) || space.keys().population() != population) {
                throw new IllegalArgumentException("key \"" + claim.key() + "\" is claimed in another store; "
                        + "joint requests are accepted within one");
            }
        }
        Set<Object> keys = claims.stream()
                .map(claim -> List.of(((MemorySpace) claim.space()).terms().name(), claim.key()))
                .collect(Collectors.toSet());
        if (keys.size() < claims.size()) {
            throw new IllegalArgumentException(
                    "a key is claimed twice of one limiter; one claim for the sum is accepted");
        }
    }
}
