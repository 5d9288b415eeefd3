package dev.headway.server.policy;

import dev.headway.server.throttle.rules.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of one mapping by their names; for one thread. */
final class Fields {
    private final Place place;
    private final Map<String, Node.Member> members = new LinkedHashMap<>();
    private boolean hasUnknown;

    /** Takes the members that are known, and notes those that are not, or come twice. */
    private Fields(Node.Mapping mapping, String what, List<String> known, Faults faults) {
        this.place = mapping.place();
        for (Node.Member member : mapping.members()) {
            String name = member.key().text();
            if (!known.contains(name)) {
                faults.add(member.key().place(), unknown(member.key(), what, known));
                hasUnknown = true;
                continue;
            }
            Node.Member first = members.putIfAbsent(name, member);
            if (first != null) {
                faults.add(
                        member.key().place(),
                        "\"" + name + "\" a second time; the first is at "
                                + first.key().place());
            }
        }
    }

    /** Returns the members of a node that is a mapping, or nothing where it is none, which is then among the faults. */
    static Optional<Fields> of(Node node, String what, List<String> known, Faults faults) {
        if (node instanceof Node.Mapping mapping) {
            return Optional.of(new Fields(mapping, what, known, faults));
        }
        faults.add(node.place(), node.kind() + "; accepted is " + what + " with " + String.join(", ", known));
        return Optional.empty();
    }

    Place place() {
        return place;
    }

    /** Returns whether there were members that are not known, so that nobody can tell what was meant. */
    boolean hasUnknown() {
        return hasUnknown;
    }

    Optional<Node> find(String name) {
        return Optional.ofNullable(members.get(name)).map(Node.Member::value);
    }

    /** Returns where a key stands, or the whole mapping where there is no such key. */
    Place placeOf(String name) {
        return Optional.ofNullable(members.get(name))
                .map(member -> member.key().place())
                .orElse(place);
    }

    private static String unknown(Node.Text key, String what, List<String> known) {
        return key.kind() + " is nothing that " + what + " has; accepted are " + String.join(", ", known)
                + Nearest.question(key.text(), known);
    }
}
