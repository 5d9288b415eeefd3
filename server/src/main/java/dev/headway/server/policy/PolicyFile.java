package dev.headway.server.policy;

import dev.headway.server.throttle.rules.Place;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy as a file has it; an immutable value.
 *
 * <pre>{@code
 * rules:
 *   - name: batch-team
 *     class: execute
 *     network: 10.20.0.0/16
 *     limits: 100/hour;20/minute
 *   - class: execute
 *     limits: 5/minute
 *     weight: {per: 1MB}
 * }</pre>
 *
 * @param policy what it says
 * @param warnings what looks wrong, and may be meant all the same
 */
public record PolicyFile(Policy policy, List<Fault> warnings) {
    /** The most bytes that a file may have. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_RULES = 1_000;

    /** Copies the warnings. */
    public PolicyFile {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @param name by which faults name it
     * @param known what it may refer to
     * @throws InvalidPolicy with everything that is wrong with it, also when it cannot be read
     */
    public static PolicyFile read(Path file, String name, Known known) {
        return parse(name, text(file, name), known);
    }

    /**
     * Reads the text of a file of this name.
     *
     * @throws InvalidPolicy with everything that is wrong with it
     */
    static PolicyFile parse(String name, String text, Known known) {
        Faults faults = new Faults();
        Optional<Node> root = YamlReader.read(name, text, faults);
        faults.requireNone();
        Node found = root.orElseThrow(() -> invalid(name, "it is empty; accepted is \"rules:\" with a list of rules"));
        List<Rule> rules = rules(found, known, faults);
        if (faults.isEmpty()) {
            new PolicyChecks(known, faults).check(rules);
        }
        faults.requireNone();
        return new PolicyFile(new Policy(rules), faults.warnings());
    }

    private static List<Rule> rules(Node root, Known known, Faults faults) {
        Optional<Fields> fields = Fields.of(root, "a policy", List.of("rules"), faults);
        Optional<Node> list = fields.flatMap(found -> found.find("rules"));
        if (fields.isPresent() && list.isEmpty()) {
            faults.add(root.place(), "no \"rules\"; accepted is a list of them, which may be empty: rules: []");
        }
        return list.map(node -> rulesOf(node, known, faults)).orElse(List.of());
    }

    private static List<Rule> rulesOf(Node node, Known known, Faults faults) {
        if (!(node instanceof Node.Sequence list)) {
            faults.add(node.place(), node.kind() + "; accepted is a list of rules, which may be empty: rules: []");
            return List.of();
        }
        if (list.elements().size() > MAX_RULES) {
            faults.add(node.place(), list.elements().size() + " rules; accepted are " + MAX_RULES + " at most");
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        RuleReader reader = new RuleReader(known, faults);
        list.elements().forEach(element -> reader.read(element).ifPresent(rules::add));
        return rules;
    }

    private static String text(Path file, String name) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw invalid(name, "it has " + Files.size(file) + " bytes; accepted are " + MAX_BYTES + " at most");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException missing) {
            throw invalid(name, "there is no such file");
        } catch (CharacterCodingException notUtf8) {
            throw invalid(name, "it is not UTF-8");
        } catch (IOException unreadable) {
            throw invalid(name, "it cannot be read: " + unreadable);
        }
    }

    private static InvalidPolicy invalid(String file, String problem) {
        return new InvalidPolicy(List.of(new Fault(new Place(file, 1, 1), problem)));
    }
}
