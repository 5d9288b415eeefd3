package dev.headway.trainer.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.headway.trainer.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds our tokenizer files against the library that other tools read them with. */
class TokenizerFilesTest {
    @TempDir
    private Path directory = Path.of(".");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12+34=46",
                "naïve  café\n\ttab",
                "日本語テキスト",
                "🚂 a train",
                "ÿ\u00AD\u00A0~!",
                " leading and trailing "
            })
    void makesTheHuggingFaceTokenizerGiveTheIdsWeTrainOn(String text) throws IOException {
        TokenizerFiles.write(directory, 512);

        try (HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(directory.resolve("tokenizer.json"))) {
            long[] ids = theirs.encode(text, false, false).getIds();

            assertThat(ids).containsExactly(ours(text));
            assertThat(theirs.decode(ids)).isEqualTo(text);
        }
    }

    @Test
    void putsTheBeginTokenInFrontAndKnowsTheSpecialOnes() throws IOException {
        TokenizerFiles.write(directory, 512);

        try (HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(directory.resolve("tokenizer.json"))) {
            assertThat(theirs.encode("a</s>", true, false).getIds())
                    .containsExactly(SpecialToken.BEGIN.id(), 'a', SpecialToken.END.id());
            for (SpecialToken token : SpecialToken.values())
                assertThat(theirs.encode(token.text(), false, false).getIds()).containsExactly(token.id());
        }
    }

    @Test
    void recognizesItsOwnFilesAndNoOthers() throws IOException {
        assertThat(TokenizerFiles.describeOurs(directory)).isFalse();

        TokenizerFiles.write(directory, 512);
        assertThat(TokenizerFiles.describeOurs(directory)).isTrue();

        Files.writeString(directory.resolve("tokenizer.json"), "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}}}");
        assertThat(TokenizerFiles.describeOurs(directory)).isFalse();
    }

    @Test
    void statesTheSpecialTokensAndTheLength() {
        TokenizerFiles.write(directory, 512);

        assertThat(Json.readObject(directory.resolve("tokenizer_config.json")).toString())
                .contains("\"bos_token\":\"<s>\"", "\"eos_token\":\"</s>\"", "\"model_max_length\":512");
    }

    private static long[] ours(String text) {
        return Arrays.stream(ByteTokenizer.encode(text)).asLongStream().toArray();
    }
}
