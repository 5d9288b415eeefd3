package dev.headway.trainer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.failure.UnusableModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    private Path directory = Path.of(".");

    private Path file = Path.of(".");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("model.safetensors");
    }

    @Test
    void givesBackWhatWasWritten() {
        Safetensors.write(
                file, Map.of("format", "pt"), List.of(tensor("a", 1.5f, -2f, Float.MIN_VALUE), tensor("b", 7f)));
        Tensor first = tensor("a", 0, 0, 0);
        Tensor second = tensor("b", 0);

        try (Safetensors opened = Safetensors.open(file)) {
            opened.readInto(second);
            opened.readInto(first);

            assertThat(opened.shapes()).isEqualTo(Map.of("a", List.of(3L), "b", List.of(1L)));
        }

        assertThat(floats(first)).containsExactly(1.5f, -2f, Float.MIN_VALUE);
        assertThat(floats(second)).containsExactly(7f);
    }

    @Test
    void laysTheFileOutAsTheFormatSays() throws IOException {
        Safetensors.write(file, Map.of("format", "pt"), List.of(tensor("a", 1f, 2f), tensor("b", 3f)));

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long headerLength = bytes.getLong();
        byte[] header = new byte[Math.toIntExact(headerLength)];
        bytes.get(header);

        assertThat(headerLength % 8).isZero();
        assertThat(new String(header, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}");
        assertThat(bytes.getFloat()).isEqualTo(1f);
        assertThat(bytes.getFloat()).isEqualTo(2f);
        assertThat(bytes.getFloat()).isEqualTo(3f);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void readsBfloat16AsTheUpperHalfOfAFloat() throws IOException {
        String header = "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        bytes.putShort((short) 0x3FC0).putShort((short) 0xC000);
        Files.write(file, bytes.array());
        Tensor target = tensor("a", 0, 0);

        try (Safetensors opened = Safetensors.open(file)) {
            opened.readInto(target);
        }

        assertThat(floats(target)).containsExactly(1.5f, -2f);
    }

    @Test
    void namesTheTensorThatHasAnotherShape() {
        Safetensors.write(file, Map.of(), List.of(tensor("a", 1f, 2f)));

        try (Safetensors opened = Safetensors.open(file)) {
            assertThatThrownBy(() -> opened.readInto(tensor("a", 0)))
                    .isInstanceOf(UnusableModel.class)
                    .hasMessageEndingWith("has a in the shape [2], expected [1]");
            assertThatThrownBy(() -> opened.readInto(tensor("c", 0)))
                    .isInstanceOf(UnusableModel.class)
                    .hasMessageEndingWith("has no tensor c");
        }
    }

    @Test
    void refusesFilesOfAnotherKind() throws IOException {
        Files.writeString(file, "this is no model at all");

        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("its header claims to be");
    }

    @Test
    void refusesAFileCutOffInTheMiddle() throws IOException {
        Safetensors.write(file, Map.of(), List.of(tensor("a", 1f, 2f)));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 4));

        try (Safetensors opened = Safetensors.open(file)) {
            assertThatThrownBy(() -> opened.readInto(tensor("a", 0, 0)))
                    .isInstanceOf(UnusableModel.class)
                    .hasMessageContaining("is cut off");
        }
    }

    private static Tensor tensor(String name, float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(name, List.of((long) values.length), bytes);
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[tensor.bytes().remaining() / Float.BYTES];
        tensor.bytes().asFloatBuffer().get(values);
        return values;
    }
}
