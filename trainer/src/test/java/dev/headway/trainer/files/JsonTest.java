package dev.headway.trainer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.failure.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    @Test
    void writesNullForNumbersThatJsonCannotCarry() {
        assertThat(Json.number(Double.NaN).isNull()).isTrue();
        assertThat(Json.number(Double.POSITIVE_INFINITY, 2).isNull()).isTrue();
        assertThat(Json.number(Double.NEGATIVE_INFINITY, 2).isNull()).isTrue();
    }

    @Test
    void roundsHalfUp() {
        assertThat(Json.number(0.1234565, 6).asDouble()).isEqualTo(0.123457);
        assertThat(Json.number(100.0 / 3, 2).asDouble()).isEqualTo(33.33);
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsNoJsonObject(@TempDir Path directory) throws IOException {
        Path array = Files.writeString(directory.resolve("array.json"), "[1]");
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"a\":");
        Path missing = directory.resolve("missing.json");

        assertThatThrownBy(() -> Json.readObject(array))
                .isInstanceOf(FileTrouble.class)
                .hasMessage("cannot read " + array + ": a JSON object was expected, found ARRAY");
        assertThatThrownBy(() -> Json.readObject(broken))
                .isInstanceOf(FileTrouble.class)
                .hasMessageStartingWith("cannot read " + broken + ": not JSON: ");
        assertThatThrownBy(() -> Json.readObject(missing))
                .isInstanceOf(FileTrouble.class)
                .hasMessage("cannot read " + missing + ": there is no such file");
    }
}
