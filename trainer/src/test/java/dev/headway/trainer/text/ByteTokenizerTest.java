package dev.headway.trainer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteTokenizerTest {
    @Test
    void makesEveryByteAToken() {
        assertThat(ByteTokenizer.encode("Aé")).containsExactly(0x41, 0xC3, 0xA9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12+34=46", "naïve  café\n", "日本語", "🚂 a train", "\u0000"})
    void givesEveryTextBack(String text) {
        assertThat(ByteTokenizer.decode(ByteTokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void leavesSpecialTokensOutOfTheText() {
        int[] ids = {SpecialToken.BEGIN.id(), 'h', 'i', SpecialToken.END.id()};

        assertThat(ByteTokenizer.decode(ids)).isEqualTo("hi");
    }

    @Test
    void numbersSpecialTokensAfterTheBytesWithoutAGap() {
        assertThat(Arrays.stream(SpecialToken.values()).map(SpecialToken::id))
                .containsExactly(256, 257, 258, 259, 260, 261);
    }
}
