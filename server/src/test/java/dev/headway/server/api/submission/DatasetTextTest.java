package dev.headway.server.api.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DatasetTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"a\"}\n\n  \r\n{\"text\":\"b\"}\n",
                "[\n{\"text\":\"a\"},\n{\"text\":\"b\"}\n]",
                "[{\"text\":\"a\"},{\"text\":\"b\"}]",
                "{\n\"examples\":[{\"text\":\"a\"},{\"text\":\"b\"}]}",
                "{\"examples\":[{\"text\":\"a\"},{\"text\":\"b\"}]}",
                "\ufeff{\"text\":\"a\"}\n{\"text\":\"b\"}",
            })
    void readsLinesArraysAndExamples(String text) {
        assertThat(DatasetText.parse(text))
                .extracting(example -> example.path("text").asString())
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[]}",
                "{\"text\":\"\"}",
                "{\"prompt\":1,\"chosen\":2,\"rejected\":3}",
                "{\"response\":1,\"prompt\":2,\"more\":3}",
            })
    void knowsFourKindsOfExamples(String example) {
        assertThat(DatasetText.parse(example)).hasSize(1);
    }

    @Test
    void looksOnlyAtTheFirstExample() {
        assertThat(DatasetText.parse("{\"text\":\"a\"}\n5\n{}")).hasSize(3);
    }

    @Test
    void givesTheSameExamplesEachTimeTheyAreGoneThrough() {
        Iterable<JsonNode> examples = DatasetText.parse("[{\"text\":\"ä\"}, 5, \"x]\",[ ],\n null , {\"a\":[1]} ]");

        assertThat(examples)
                .extracting(JsonNode::toString)
                .containsExactly("{\"text\":\"ä\"}", "5", "\"x]\"", "[]", "null", "{\"a\":[1]}");
        assertThat(examples).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", ","})
    void takesMoreValuesInAllThanASingleDocumentMayHave(String separator) {
        String examples = ("{\"text\":\"\"}" + separator).repeat(600_000) + "{\"text\":\"\"}";

        assertThat(DatasetText.parse(separator.equals(",") ? "[" + examples + "]" : examples))
                .hasSize(600_001);
    }

    @Test
    void refusesASingleExampleWithTooManyValues() {
        assertThat(refused("[{\"text\":\"\"},[" + "1,".repeat(2_000_000) + "1]]"))
                .isEqualTo("Invalid dataset format: example 2 has too many values or a number that is too long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"foo\":1} | ['foo']",
                "{\"prompt\":1,\"chosen\":2} | ['prompt', 'chosen']",
                "{} | []",
                "5 | []",
                "[[1]] | []",
            })
    void namesTheKeysOfAnUnknownKind(String text, String keys) {
        assertThat(refused(text))
                .isEqualTo("Dataset examples must have one of: 'messages' field (SFT/chat), 'text' field (standard),"
                        + " 'prompt/chosen/rejected' (DPO/ORPO), or 'prompt/response' (RLHF). Found keys: " + keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {" \n ", "[]", "{\"examples\":[]}", "{\n\"examples\":5}"})
    void refusesAnEmptyDataset(String text) {
        assertThat(refused(text)).isEqualTo("Dataset must be a non-empty list");
    }

    @Test
    void refusesAnotherStructure() {
        assertThat(refused("{\n\"rows\":[]}"))
                .isEqualTo("Dataset parsing error: Unexpected JSON structure: dict with keys ['rows']");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json | Expecting value: line 1 column 1 (char 0)",
                "{\"text\":\"a | Unterminated string starting at: line 1 column 9 (char 8)",
            })
    void saysInPythonsWordsWhereItIsNoJson(String text, String error) {
        assertThat(refused(text)).isEqualTo("Invalid dataset format: " + error);
    }

    @Test
    void showsTheFirstBadLineOfJsonLines() {
        assertThat(refused("{\"text\":\"a\"}\n{\"text\":b}\n"))
                .isEqualTo("Invalid dataset format: Extra data: line 2 column 1 (char 13);"
                        + " line 2 alone: Expecting value: line 1 column 9 (char 8)");
    }

    @Test
    void saysSoWhenALineIsNestedTooDeep() {
        assertThat(refused("[".repeat(300) + "]".repeat(300)))
                .isEqualTo("Invalid dataset format: nested too deep or a number too long");
    }

    private static String refused(String text) {
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> DatasetText.parse(text));
        assertThat(problem.response().status()).isEqualTo(400);
        String detail = Json.mapper()
                .readTree(problem.response().body().text())
                .path("detail")
                .stringValue();
        assertThat(detail).startsWith("Configuration validation failed: ");
        return detail.substring("Configuration validation failed: ".length());
    }
}
