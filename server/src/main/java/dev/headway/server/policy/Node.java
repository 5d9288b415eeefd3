package dev.headway.server.policy;

import dev.headway.server.text.Shown;
import dev.headway.server.throttle.rules.Place;
import java.util.List;

/** A piece of YAML with its place; immutable. */
sealed interface Node {
    /** Returns where it begins. */
    Place place();

    /** Returns what it is, in a word. */
    String kind();

    /**
     * A text, a number or a word: what it means is for its reader to say.
     *
     * @param place where it begins
     * @param text what it says
     * @param textAt where its first character stands, behind a quote if there is one
     */
    record Text(Place place, String text, Place textAt) implements Node {
        @Override
        public String kind() {
            return "\"" + Shown.of(text) + "\"";
        }
    }

    /**
     * A list.
     *
     * @param place where it begins
     * @param elements what is in it
     */
    record Sequence(Place place, List<Node> elements) implements Node {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * Keys with what belongs to each.
     *
     * @param place where it begins
     * @param members in the order of the file
     */
    record Mapping(Place place, List<Member> members) implements Node {
        public Mapping {
            members = List.copyOf(members);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * A key with what belongs to it.
     *
     * @param key the key
     * @param value what belongs to it
     */
    record Member(Text key, Node value) {}
}
