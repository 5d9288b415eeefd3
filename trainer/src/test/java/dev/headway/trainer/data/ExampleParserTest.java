package dev.headway.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.text.SpecialToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleParserTest {
    @Test
    void learnsOnlyTheAnswerAndItsEndFromAPromptWithResponse() {
        Example example = Examples.of(Method.SFT, "{\"prompt\":\"1+1=\",\"response\":\"2\"}");

        assertThat(read(example)).isEqualTo("<s>1+1=[2][</s>]");
        assertThat(example.answerStart()).isEqualTo(5);
        assertThat(example.learntTokens()).isEqualTo(2);
    }

    @Test
    void takesACompletionForAResponse() {
        assertThat(read(Examples.of(Method.SFT, "{\"prompt\":\"1\",\"completion\":\"2\"}")))
                .isEqualTo("<s>1[2][</s>]");
    }

    @Test
    void learnsAllOfAPlainText() {
        assertThat(read(Examples.of(Method.SFT, "{\"text\":\"ab\"}"))).isEqualTo("<s>[a][b][</s>]");
    }

    @Test
    void learnsWhatTheAssistantSays() {
        Example example = Examples.of(
                Method.SFT,
                "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"U\"},"
                        + "{\"role\":\"assistant\",\"content\":\"A\"},{\"role\":\"user\",\"content\":\"V\"},"
                        + "{\"role\":\"assistant\",\"content\":\"B\"}]}");

        assertThat(read(example))
                .isEqualTo("<s><|system|>S</s><|user|>U</s><|assistant|>[A][</s>]"
                        + "<|user|>V</s><|assistant|>[B][</s>]");
    }

    @Test
    void learnsEveryTokenInContinuedPretraining() {
        assertThat(read(Examples.of(Method.CPT, "{\"prompt\":\"1\",\"response\":\"2\"}")))
                .isEqualTo("<s>[1][2][</s>]");
        assertThat(read(Examples.of(Method.CPT, "{\"messages\":[{\"role\":\"user\",\"content\":\"U\"}]}")))
                .isEqualTo("<s>[<|user|>][U][</s>]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | is not a JSON object",
                "{\"foo\":1} | has none of: messages, text, prompt with response; found keys: [foo]",
                "{\"prompt\":\"a\",\"chosen\":\"b\"} | has a prompt but no response; found keys: [prompt, chosen]",
                "{\"text\":5} | has no text under \"text\"",
                "{\"messages\":[]} | has messages that are not a non-empty list",
                "{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]} | has a message of the role \"tool\"; accepted"
                        + " are system, user, assistant",
                "{\"messages\":[{\"role\":\"user\"}]} | has no text under \"content\""
            })
    void saysWhatIsWrongWithAnElement(String json, String sentence) {
        assertThatThrownBy(() -> Examples.of(Method.SFT, json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    /** Writes a row with its learnt tokens in brackets. */
    private static String read(Example example) {
        StringBuilder text = new StringBuilder();
        for (int place = 0; place < example.length(); place++) {
            String token = token(example.token(place));
            text.append(example.isLearnt(place) ? "[" + token + "]" : token);
        }
        return text.toString();
    }

    private static String token(int id) {
        for (SpecialToken token : SpecialToken.values()) {
            if (token.id() == id) return token.text();
        }
        return Character.toString(id);
    }
}
