package dev.headway.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.files.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionParserTest {
    @Test
    void takesALabelAsTheAnswerToATextOrAPrompt() {
        Question ofText = parse("{\"text\":\"7?\",\"label\":\"odd\"}");
        Question ofPrompt = parse("{\"prompt\":\"7?\",\"response\":\"because\",\"label\":\"odd\"}");

        assertThat(ofText.answer()).contains("odd");
        assertThat(tokens(ofText)).isEqualTo(tokens(Examples.answered("7?", "odd")));
        assertThat(tokens(ofPrompt)).isEqualTo(tokens(ofText));
    }

    @Test
    void letsTheAssistantEndAConversationByTheLabel() {
        Question labelled = parse("{\"messages\":[{\"role\":\"user\",\"content\":\"7?\"}],\"label\":\"odd\"}");

        assertThat(labelled.answer()).contains("odd");
        assertThat(tokens(labelled))
                .isEqualTo(tokens(Examples.of(
                        Method.SFT,
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"7?\"},"
                                + "{\"role\":\"assistant\",\"content\":\"odd\"}]}")));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "true,true", "-2.50,-2.5", "'\"1\"',1"})
    void writesLabelsThatAreNoTextsAsJsonDoes(String label, String text) {
        assertThat(parse("{\"text\":\"?\",\"label\":" + label + "}").answer()).contains(text);
    }

    @Test
    void takesAResponseOrTheOneThingAnAssistantSaysAsTheAnswer() {
        assertThat(parse("{\"prompt\":\"7?\",\"response\":\"ödd\"}").answer()).contains("ödd");
        assertThat(parse("{\"prompt\":\"7?\",\"completion\":\"\"}").answer()).contains("");
        assertThat(parse("{\"messages\":[{\"role\":\"user\",\"content\":\"7?\"},"
                                + "{\"role\":\"assistant\",\"content\":\"odd\"}]}")
                        .answer())
                .contains("odd");
    }

    @Test
    void knowsNoAnswerInPlainTextsAndLongConversations() {
        assertThat(parse("{\"text\":\"once\"}").answer()).isEmpty();
        assertThat(parse("{\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"},"
                                + "{\"role\":\"user\",\"content\":\"b\"},"
                                + "{\"role\":\"assistant\",\"content\":\"c\"}]}")
                        .answer())
                .isEmpty();
    }

    @Test
    void readsTheChoices() {
        assertThat(parse("{\"text\":\"7?\",\"label\":1,\"choices\":[0,1,\"both\"]}")
                        .choices())
                .containsExactly("0", "1", "both");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{\"label\":1} | has a label but none of: text, prompt, messages; found keys: [label]",
                "{\"text\":\"a\",\"label\":[1]} | has the label [1]; accepted are texts, numbers, true and false",
                "{\"text\":\"a\",\"label\":1,\"choices\":2} | has choices that are not a list",
                "{\"text\":\"a\",\"label\":1,\"choices\":[2,3]} | has choices without the right one among them",
                "{\"text\":\"a\",\"choices\":[2,3]} | has choices without the right one among them"
            })
    void saysWhatIsWrong(String element, String sentence) {
        assertThatThrownBy(() -> parse(element))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    private static Question parse(String json) {
        return new QuestionParser().parse(Json.parse(json));
    }

    private static int[] tokens(Question question) {
        return tokens(question.row());
    }

    private static int[] tokens(Example row) {
        return row.tokens(0, row.length());
    }
}
