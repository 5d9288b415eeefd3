package dev.headway.trainer.data;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.failure.FileTrouble;
import dev.headway.trainer.failure.UnusableDataset;
import dev.headway.trainer.files.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a data set: one JSON object per line, or one JSON array of objects (also under {@code examples}).
 *
 * <p>Every element must be usable; the first few that are not are named, with their number. For one thread.
 *
 * @param <T> what an element is read as
 */
public final class DatasetReader<T> {
    private static final int PROBLEMS_NAMED = 5;

    private final Path file;
    private final Function<JsonNode, T> parser;
    private final List<T> elements = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int broken;

    private DatasetReader(Path file, Function<JsonNode, T> parser) {
        this.file = file;
        this.parser = parser;
    }

    /** Returns the rows of a file in their order; throws {@link UnusableDataset} or {@link FileTrouble}. */
    public static List<Example> read(Path file, Method method) {
        DatasetReader<Example> reader = new DatasetReader<>(file, new ExampleParser(method)::parse);
        reader.read();
        reader.requireElements();
        return reader.elements;
    }

    /** Returns the questions of a file in their order, none for an empty array; throws like {@link #read}. */
    public static List<Question> readQuestions(Path file) {
        DatasetReader<Question> reader = new DatasetReader<>(file, new QuestionParser()::parse);
        if (!reader.read()) reader.requireElements();
        return reader.elements;
    }

    /** Reads the file and returns whether it is one JSON value. */
    private boolean read() {
        boolean isOneValue;
        try {
            isOneValue = isOneValue();
            if (isOneValue) readValue();
            else readLines();
        } catch (CharacterCodingException notText) {
            throw new UnusableDataset("the data set " + file + " is not UTF-8 text");
        } catch (IOException trouble) {
            throw new FileTrouble("read the data set", file, trouble);
        }
        if (broken > 0) throw new UnusableDataset(complaint());
        return isOneValue;
    }

    private void requireElements() {
        if (elements.isEmpty()) throw new UnusableDataset("the data set " + file + " is empty");
    }

    private boolean isOneValue() throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .findFirst()
                    .filter(line -> line.strip().startsWith("[") || line.strip().equals("{"))
                    .isPresent();
        } catch (UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
    }

    private void readValue() throws IOException {
        JsonNode value = parseWhole(Files.readString(file));
        JsonNode list = value.isObject() ? value.path("examples") : value;
        if (!list.isArray())
            throw new UnusableDataset("the data set " + file + " is an object without a list under \"examples\"");
        int number = 0;
        for (JsonNode element : list) add("element " + ++number, () -> element);
    }

    private JsonNode parseWhole(String text) {
        try {
            return Json.parse(text);
        } catch (JacksonException notJson) {
            throw new UnusableDataset("the data set " + file + " is not JSON: " + notJson.getOriginalMessage());
        }
    }

    private void readLines() throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            int number = 0;
            for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                String line = each.next();
                number++;
                if (!line.isBlank()) add("line " + number, () -> Json.parse(line));
            }
        } catch (UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
    }

    private void add(String where, Supplier<JsonNode> element) {
        try {
            elements.add(parser.apply(element.get()));
        } catch (JacksonException notJson) {
            complain(where, "is not JSON: " + notJson.getOriginalMessage());
        } catch (IllegalArgumentException unusable) {
            complain(where, String.valueOf(unusable.getMessage()));
        }
    }

    private void complain(String where, String what) {
        if (broken++ < PROBLEMS_NAMED) problems.add(where + " " + what);
    }

    private String complaint() {
        String rest = broken > PROBLEMS_NAMED ? "; and " + (broken - PROBLEMS_NAMED) + " more" : "";
        return "the data set " + file + " cannot be used: " + String.join("; ", problems) + rest;
    }
}
