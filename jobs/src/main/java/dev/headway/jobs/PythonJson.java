package dev.headway.jobs;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON laid out as Python's {@code json} module lays it out, which the trainers' files have always been. For any
 * number of threads.
 *
 * <p>ASCII only, lower-case escapes, {@code ", "} and {@code ": "} between things on one line.
 */
final class PythonJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private static final Separators SEPARATORS =
            new Separators(" ", ':', Spacing.AFTER, ',', Spacing.NONE, "", ',', Spacing.NONE, "");

    private static final ObjectWriter INDENTED = JSON.writer().with(indented());
    private static final ObjectWriter ONE_LINE = JSON.writer().with(oneLine());

    private PythonJson() {}

    /** Writes a value over several lines, indented by 2, without a newline at the end. */
    static void writeIndented(OutputStream out, JsonNode value) throws IOException {
        write(INDENTED, out, value);
        out.flush();
    }

    /** Writes each value on a line of its own. */
    static void writeLines(OutputStream out, Iterable<JsonNode> values) throws IOException {
        for (JsonNode value : values) {
            write(ONE_LINE, out, value);
            out.write('\n');
        }
        out.flush();
    }

    /** Jackson wraps what the stream throws; a full disk has to stay an IOException for those who expect one. */
    private static void write(ObjectWriter writer, OutputStream out, JsonNode value) throws IOException {
        try {
            writer.writeValue(out, value);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private static PrettyPrinter indented() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(SEPARATORS).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    private static PrettyPrinter oneLine() {
        Separators spaced = SEPARATORS.withObjectEntrySpacing(Spacing.AFTER).withArrayElementSpacing(Spacing.AFTER);
        DefaultPrettyPrinter.NopIndenter none = new DefaultPrettyPrinter.NopIndenter();
        return new DefaultPrettyPrinter(spaced).withObjectIndenter(none).withArrayIndenter(none);
    }
}
