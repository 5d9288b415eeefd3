package dev.headway.server.policy;

import java.util.List;

/** What has come of reading a policy file again; immutable. */
public sealed interface Reload {
    /**
     * The file holds.
     *
     * @param rules how many rules it has
     * @param changes what is different from before, each a sentence; none when nothing is
     * @param warnings what looks wrong, and may be meant all the same
     */
    record Held(int rules, List<String> changes, List<Fault> warnings) implements Reload {
        /** Copies the lists. */
        public Held {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The file does not hold, and the rules of before do.
     *
     * @param faults what is wrong with it
     */
    record Refused(List<Fault> faults) implements Reload {
        /** Copies the list. */
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
