package dev.headway.server.policy;

import dev.headway.limiter.LimitSyntaxException;
import dev.headway.server.throttle.rules.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns texts of a file into values, and notes what cannot be turned; for one thread. */
final class Values {
    private final Faults faults;

    Values(Faults faults) {
        this.faults = faults;
    }

    /** Returns what a text means, or notes why it means nothing; {@code accepted} says what could stand there. */
    <T> Optional<T> one(Node node, String accepted, Function<String, T> parse) {
        if (!(node instanceof Node.Text text)) {
            faults.add(node.place(), node.kind() + "; accepted is " + accepted);
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.text()));
        } catch (LimitSyntaxException complaint) {
            Place exact = text.textAt().plus(complaint.column() - 1);
            faults.add(exact, String.valueOf(complaint.getMessage()));
        } catch (IllegalArgumentException complaint) {
            faults.add(text.place(), text.kind() + ": " + withoutRepeating(text, complaint));
        }
        return Optional.empty();
    }

    /** Returns what the texts of a list mean, or a single one. */
    <T> List<T> some(Node node, String accepted, Function<String, T> parse) {
        if (node instanceof Node.Sequence list && list.elements().isEmpty()) {
            faults.add(node.place(), "an empty list; accepted is " + accepted + ", or a list of these");
        }
        List<T> values = new ArrayList<>();
        for (Node element : node instanceof Node.Sequence list ? list.elements() : List.of(node)) {
            one(element, accepted, parse).ifPresent(values::add);
        }
        return values;
    }

    private static String withoutRepeating(Node.Text text, IllegalArgumentException complaint) {
        String message = String.valueOf(complaint.getMessage());
        return message.startsWith(text.kind())
                ? message.substring(text.kind().length()).strip()
                : message;
    }
}
