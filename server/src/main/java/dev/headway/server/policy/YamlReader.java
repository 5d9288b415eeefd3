package dev.headway.server.policy;

import dev.headway.server.text.Shown;
import dev.headway.server.throttle.rules.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes a tree of the events of a YAML parser, each piece with its place; for one thread and one file.
 *
 * <p>What a policy has no use for is what YAML bombs are made of, and is refused where it is met, before anything grows: aliases, by which
 * a small file stands for a huge one, tags, by which a file names types, and nesting deeper than rules ever are. Texts stay texts, so
 * nothing depends on how YAML guesses types.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 16;
    private static final String ONE_DOCUMENT = "a second document begins; accepted is one";

    private final String file;
    private final Faults faults;
    private final Iterator<Event> events;

    /** Ends the reading of a file that is refused; what is wrong is among the faults. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private YamlReader(String file, Faults faults, Iterator<Event> events) {
        this.file = file;
        this.faults = faults;
        this.events = events;
    }

    /** Returns what a file says, or nothing where it is no YAML that is accepted, which is then among the faults, or where it is empty. */
    static Optional<Node> read(String file, String text, Faults faults) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setCodePointLimit(text.length() + 1)
                    .build();
            return new YamlReader(
                            file, faults, new Parse(settings).parseString(text).iterator())
                    .document();
        } catch (Refused told) {
            return Optional.empty();
        } catch (MarkedYamlEngineException broken) {
            Optional<Mark> mark = broken.getProblemMark().or(broken::getContextMark);
            faults.add(place(file, mark), "no YAML: " + broken.getProblem());
            return Optional.empty();
        } catch (ReaderException unprintable) {
            faults.add(
                    placeOf(file, text, text.indexOf(unprintable.getCodePoint())),
                    String.format("the character U+%04X; accepted are printable ones", unprintable.getCodePoint()));
            return Optional.empty();
        } catch (YamlEngineException broken) {
            faults.add(new Place(file, 1, 1), "no YAML: " + firstLine(String.valueOf(broken.getMessage())));
            return Optional.empty();
        }
    }

    private Optional<Node> document() {
        events.next();
        if (next().getEventId() == Event.ID.StreamEnd) {
            return Optional.empty();
        }
        Node root = node(next(), 1);
        next();
        Event last = next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            throw refused(place(last), ONE_DOCUMENT);
        }
        return Optional.of(root);
    }

    private Event next() {
        return events.next();
    }

    private Node node(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw refused(place(event), "nested deeper than " + MAX_DEPTH + "; no rule is");
        }
        return switch (event.getEventId()) {
            case Scalar -> text((ScalarEvent) event);
            case SequenceStart -> sequence((CollectionStartEvent) event, depth);
            case MappingStart -> mapping((CollectionStartEvent) event, depth);
            case Alias -> throw refused(place(event), "an alias; none are accepted, so write out what it stands for");
            default -> throw new IllegalStateException("the parser gave " + event + " where a value is due");
        };
    }

    private Node.Text text(ScalarEvent event) {
        requireNoTag(event.getTag(), event);
        Place place = place(event);
        boolean isQuoted = event.isSQuoted() || event.isDQuoted();
        return new Node.Text(place, event.getValue(), place.plus(isQuoted ? 1 : 0));
    }

    private Node sequence(CollectionStartEvent start, int depth) {
        requireNoTag(start.getTag(), start);
        List<Node> elements = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            elements.add(node(event, depth + 1));
        }
        return new Node.Sequence(place(start), elements);
    }

    private Node mapping(CollectionStartEvent start, int depth) {
        requireNoTag(start.getTag(), start);
        List<Node.Member> members = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            if (!(node(event, depth + 1) instanceof Node.Text key)) {
                throw refused(place(event), "a key that is no word; accepted are keys such as limits");
            }
            members.add(new Node.Member(key, node(next(), depth + 1)));
        }
        return new Node.Mapping(place(start), members);
    }

    private void requireNoTag(Optional<String> tag, Event event) {
        if (tag.isPresent()) {
            throw refused(place(event), "the tag " + Shown.of(tag.get()) + "; none are accepted");
        }
    }

    private Refused refused(Place place, String text) {
        faults.add(place, text);
        return new Refused();
    }

    private Place place(Event event) {
        return place(file, event.getStartMark());
    }

    private static Place place(String file, Optional<Mark> mark) {
        return mark.map(known -> new Place(file, known.getLine() + 1, known.getColumn() + 1))
                .orElse(new Place(file, 1, 1));
    }

    private static Place placeOf(String file, String text, int index) {
        String before = text.substring(0, Math.max(0, index));
        int lines = (int) before.chars().filter(letter -> letter == '\n').count();
        return new Place(file, 1 + lines, before.length() - before.lastIndexOf('\n'));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
