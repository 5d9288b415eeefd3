package dev.headway.server.api.limits;

import dev.headway.server.policy.Fault;
import dev.headway.server.policy.Reload;
import java.util.List;

/**
 * What has come of reading the policy file again; immutable.
 *
 * @param success true
 * @param rules how many rules hold now
 * @param changes what is different from before, each a sentence
 * @param warnings what looks wrong, and may be meant all the same
 */
record ReloadAnswer(boolean success, int rules, List<String> changes, List<String> warnings) {
    static ReloadAnswer of(Reload.Held held) {
        return new ReloadAnswer(
                true,
                held.rules(),
                held.changes(),
                held.warnings().stream().map(Fault::toString).toList());
    }

    /**
     * What is wrong with the file, in the form of the other answers of 422; immutable.
     *
     * @param detail the faults
     */
    record Faults(List<Item> detail) {
        static Faults of(Reload.Refused refused) {
            return new Faults(refused.faults().stream().map(Item::of).toList());
        }
    }

    /**
     * A fault.
     *
     * @param type {@code limits_file}
     * @param loc file, line and column
     * @param msg what was wrong, the value seen, what is accepted
     */
    record Item(String type, List<Object> loc, String msg) {
        static Item of(Fault fault) {
            return new Item(
                    "limits_file",
                    List.of(
                            fault.place().file(),
                            fault.place().line(),
                            fault.place().column()),
                    fault.text());
        }
    }
}
