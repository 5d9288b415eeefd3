package dev.headway.trainer.files;

import dev.headway.trainer.failure.FileTrouble;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reading and printing JSON, with numbers that JSON can carry: NaN and the infinities become null.
 *
 * <p>Stateless; threads may share it.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /** Makes an empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Reads one JSON value; throws {@link JacksonException} when the text is not JSON. */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /** Reads the JSON object in a file; throws {@link FileTrouble} when there is none. */
    public static ObjectNode readObject(Path file) {
        try {
            JsonNode node = parse(Files.readString(file));
            if (node instanceof ObjectNode object) return object;
            throw new IOException("a JSON object was expected, found " + node.getNodeType());
        } catch (JacksonException notJson) {
            throw new FileTrouble("read", file, new IOException("not JSON: " + notJson.getOriginalMessage(), notJson));
        } catch (IOException trouble) {
            throw new FileTrouble("read", file, trouble);
        }
    }

    /** Prints a value on one line. */
    public static String compact(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** Prints a value over several lines, as UTF-8 with a line feed at the end. */
    public static byte[] pretty(JsonNode node) {
        return (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the number, or null when it is NaN or infinite. */
    public static JsonNode number(double value) {
        return Double.isFinite(value) ? JsonNodeFactory.instance.numberNode(value) : nothing();
    }

    /** Returns a whole number. */
    public static JsonNode number(long value) {
        return JsonNodeFactory.instance.numberNode(value);
    }

    /** Returns the number rounded half up to so many decimal places, or null when it is NaN or infinite. */
    public static JsonNode number(double value, int places) {
        return Double.isFinite(value) ? number(rounded(value, places)) : nothing();
    }

    private static double rounded(double value, int places) {
        return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP).doubleValue();
    }

    /** Returns JSON's null. */
    public static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }
}
