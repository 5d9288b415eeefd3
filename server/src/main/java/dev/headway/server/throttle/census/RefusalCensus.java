package dev.headway.server.throttle.census;

import dev.headway.server.caller.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is refused most often of late, in bounded memory; safe to share between threads.
 *
 * <p>What is told is of the present spell and the one before. {@link #turn} begins a new one; called every few minutes it
 * keeps last week's flood out of the answer.
 */
public final class RefusalCensus {
    private volatile Spells spells;

    private record Spells(RefusalSpell before, RefusalSpell present) {}

    /** Begins to count. */
    public RefusalCensus(Instant now) {
        this.spells = new Spells(new RefusalSpell(now), new RefusalSpell(now));
    }

    /** Begins a new spell, and forgets the one before the present. */
    public void turn(Instant now) {
        spells = new Spells(spells.present(), new RefusalSpell(now));
    }

    /** Returns since when refusals are told. */
    public Instant since() {
        return spells.before().since();
    }

    /** Returns how many refusals there were, of everybody. */
    public long total() {
        Spells both = spells;
        return both.before().total() + both.present().total();
    }

    /** Returns who was refused most often, most first; at most so many. */
    public List<RefusalCount> top(int count) {
        Spells both = spells;
        List<Tally> tallies = new ArrayList<>(both.before().tallies());
        tallies.addAll(both.present().tallies());
        List<RefusalCount> merged = Tally.merged(tallies);
        return List.copyOf(merged.subList(0, Math.min(count, merged.size())));
    }

    /** Counts one refusal of a caller, by the number that it is counted by. */
    public void count(long high, long low, Caller caller) {
        spells.present().count(high, low, caller);
    }
}
