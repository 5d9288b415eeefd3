package dev.headway.server.caller.keys;

import dev.headway.server.text.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes what stands in a file of keys; stateless.
 *
 * <pre>{@code
 * {"keys": [
 *   {"name": "alice", "tier": "pro", "sha256": "2c70e12b…"},
 *   {"name": "bob", "sha256": "81b637d8…"}
 * ]}
 * }</pre>
 *
 * <p>JSON has an end, so that a file which is still being written is never taken for a shorter one. A file that does not begin
 * with a brace is read as the lines {@code name sha256} of version 0.1, see {@link KeyLines}.
 */
final class KeyFileText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private KeyFileText() {}

    /**
     * Reads a file's text.
     *
     * @throws InvalidKeyFile with everything that is wrong with it
     */
    static List<KeyEntry> parse(String text) {
        KeyEntries entries = new KeyEntries();
        if (text.stripLeading().startsWith("{")) {
            parse(tree(text), entries);
        } else {
            KeyLines.parse(text, entries);
        }
        return entries.requireValid();
    }

    /** Returns the text that {@link #parse} reads. */
    static String format(List<KeyEntry> entries) {
        List<Map<String, String>> keys = new ArrayList<>();
        for (KeyEntry entry : entries) {
            Map<String, String> key = new LinkedHashMap<>();
            key.put("name", entry.user().name());
            entry.user().tier().ifPresent(tier -> key.put("tier", tier.toString()));
            key.put("sha256", entry.digest().hex());
            keys.add(key);
        }
        return JSON.writeValueAsString(Map.of("keys", keys)) + "\n";
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException broken) {
            throw new InvalidKeyFile(List.of("line " + broken.getLocation().getLineNr() + ", column "
                    + broken.getLocation().getColumnNr() + ": not JSON, or not all of it"));
        }
    }

    private static void parse(JsonNode root, KeyEntries entries) {
        for (String name : root.propertyNames()) {
            if (!name.equals("keys")) {
                entries.complain("\"" + Shown.of(name) + "\": no member of that name; accepted is \"keys\"");
            }
        }
        if (!root.path("keys").isArray()) {
            entries.complain("\"keys\": accepted is a list of objects with \"name\", \"tier\" and \"sha256\"");
            return;
        }
        for (int index = 0; index < root.path("keys").size(); index++) {
            parse("keys[" + index + "]", root.path("keys").path(index), entries);
        }
    }

    private static void parse(String place, JsonNode key, KeyEntries entries) {
        if (!key.isObject()) {
            entries.complain(place + ": accepted is an object with \"name\", \"tier\" and \"sha256\"");
            return;
        }
        for (String name : key.propertyNames()) {
            if (!List.of("name", "tier", "sha256").contains(name)) {
                entries.complain(place + ": no member \"" + Shown.of(name)
                        + "\"; accepted are \"name\", \"tier\" and \"sha256\"");
            }
        }
        entries.add(place, text(key, "name"), text(key, "tier"), text(key, "sha256"));
    }

    private static String text(JsonNode key, String name) {
        return key.path(name).isString()
                ? key.path(name).stringValue()
                : key.path(name).toString();
    }
}
