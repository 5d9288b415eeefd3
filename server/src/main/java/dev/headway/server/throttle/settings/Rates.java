package dev.headway.server.throttle.settings;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.server.caller.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of all classes, and how they are counted; an immutable value.
 *
 * @param execute the limit of {@link LimitClass#EXECUTE}
 * @param general the limit of {@link LimitClass#GENERAL}
 * @param filesystem the limit of {@link LimitClass#FILESYSTEM}
 * @param read the limit of {@link LimitClass#READ}
 * @param download the limit of {@link LimitClass#DOWNLOAD}
 * @param authFailure how many keys that are none a network may show
 * @param tiers the limits of {@link LimitClass#EXECUTE} for users of a tier, in the place of the one for everybody
 * @param algorithm how all of them are counted but the one of keys that are none, which is always exact
 * @param executeBusy the limit of {@link LimitClass#EXECUTE} that holds besides while the server is busy; absent when nobody watches
 *     its load
 */
public record Rates(
        Rate execute,
        Rate general,
        Rate filesystem,
        Rate read,
        Rate download,
        Rate authFailure,
        Map<Tier, Rate> tiers,
        Algorithm algorithm,
        Optional<Rate> executeBusy) {
    /** Copies the tiers. */
    public Rates {
        tiers = Map.copyOf(tiers);
    }

    /** Finds the limit of a class; there is none for {@link LimitClass#NONE}. */
    public Optional<Rate> of(LimitClass limitClass) {
        return switch (limitClass) {
            case EXECUTE -> Optional.of(execute);
            case GENERAL -> Optional.of(general);
            case FILESYSTEM -> Optional.of(filesystem);
            case READ -> Optional.of(read);
            case DOWNLOAD -> Optional.of(download);
            case NONE -> Optional.empty();
        };
    }

    /** Returns what {@link #execute} becomes while the server is busy. */
    public List<Limit> executeWhileBusy() {
        return busyOf(LimitClass.EXECUTE).map(BusyLimits::forEverybody).orElse(execute.limits());
    }

    /** Finds what becomes of the limits of a class while the server is busy; of most nothing does. */
    public Optional<BusyLimits> busyOf(LimitClass limitClass) {
        return busyRateOf(limitClass).map(busy -> new BusyLimits(execute.limits(), busy.limits(), algorithm));
    }

    /** Finds the limit of a class that holds besides while the server is busy. */
    public Optional<Rate> busyRateOf(LimitClass limitClass) {
        return limitClass == LimitClass.EXECUTE ? executeBusy : Optional.empty();
    }

    /** Returns the limits of a class that hold for users of a tier; of most classes there are none. */
    public Map<Tier, Rate> tiersOf(LimitClass limitClass) {
        return limitClass == LimitClass.EXECUTE ? tiers : Map.of();
    }
}
