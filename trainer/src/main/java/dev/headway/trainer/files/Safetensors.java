package dev.headway.trainer.files;

import dev.headway.trainer.failure.UnusableModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of named tensors in the safetensors format, opened for reading; {@link #write} makes one.
 *
 * <p>The format (huggingface.co/docs/safetensors): eight bytes, little-endian, with the length of a JSON header; the
 * header, padded with blanks so that the data begins at a multiple of eight; the data of all tensors, end to end. The
 * header maps each name to its type, shape and pair of offsets, counted from the first byte of data:
 *
 * <pre>{"__metadata__":{"format":"pt"},"model.norm.weight":{"dtype":"F32","shape":[128],"data_offsets":[0,512]}}</pre>
 *
 * <p>We write 32-bit floats. We also read bfloat16, in which most published weights are kept: it is the upper half of a
 * 32-bit float.
 *
 * <p>Not for more than one thread.
 */
public final class Safetensors implements AutoCloseable {
    private static final int ALIGNMENT = 8;
    private static final long LARGEST_HEADER = 100_000_000;

    private final Path file;
    private final FileChannel channel;
    private final ObjectNode header;
    private final long dataStart;

    private Safetensors(Path file, FileChannel channel, ObjectNode header, long dataStart) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.dataStart = dataStart;
    }

    /** Writes the tensors in their order, with {@code metadata} in the header, and waits for the disk. */
    public static void write(Path file, Map<String, String> metadata, List<Tensor> tensors) {
        ByteBuffer head = head(header(metadata, tensors));
        List<ByteBuffer> parts = new ArrayList<>(List.of(head));
        for (Tensor tensor : tensors) parts.add(tensor.bytes().duplicate());
        WholeFiles.durably(file, parts);
    }

    private static ObjectNode header(Map<String, String> metadata, List<Tensor> tensors) {
        ObjectNode header = Json.object();
        ObjectNode notes = header.putObject("__metadata__");
        metadata.forEach(notes::put);
        long offset = 0;
        for (Tensor tensor : tensors) {
            long end = offset + tensor.bytes().remaining();
            describe(header.putObject(tensor.name()), tensor, offset, end);
            offset = end;
        }
        return header;
    }

    private static void describe(ObjectNode entry, Tensor tensor, long start, long end) {
        entry.put("dtype", "F32");
        ArrayNode shape = entry.putArray("shape");
        tensor.shape().forEach(shape::add);
        entry.putArray("data_offsets").add(start).add(end);
    }

    private static ByteBuffer head(ObjectNode header) {
        byte[] text = Json.compact(header).getBytes(StandardCharsets.UTF_8);
        int length = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = Arrays.copyOf(text, length);
        Arrays.fill(padded, text.length, length, (byte) ' ');
        return ByteBuffer.allocate(Long.BYTES + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(padded)
                .flip();
    }

    /** Opens a file and reads its header; throws {@link UnusableModel} when it is not of this format. */
    public static Safetensors open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file);
            try {
                return read(file, channel);
            } catch (IOException | RuntimeException notReadable) {
                channel.close();
                throw notReadable;
            }
        } catch (IOException | JacksonException trouble) {
            throw new UnusableModel("cannot read the weights in " + file + ": " + trouble.getMessage());
        }
    }

    private static Safetensors read(Path file, FileChannel channel) throws IOException {
        long length = bytes(channel, 0, Long.BYTES).getLong();
        if (length <= 0 || length > LARGEST_HEADER || length > channel.size() - Long.BYTES)
            throw new IOException("its header claims to be " + length + " bytes long");
        ByteBuffer text = bytes(channel, Long.BYTES, Math.toIntExact(length));
        JsonNode header = Json.parse(StandardCharsets.UTF_8.decode(text).toString());
        if (!(header instanceof ObjectNode object)) throw new IOException("its header is not a JSON object");
        return new Safetensors(file, channel, object, Long.BYTES + length);
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) throw new IOException("it is cut off");
        }
        return buffer.flip();
    }

    /** Returns the shape of every tensor, in the order of the header. */
    public Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals("__metadata__")) shapes.put(entry.getKey(), shape(entry.getValue()));
        }
        return shapes;
    }

    private static List<Long> shape(JsonNode entry) {
        return entry.path("shape").valueStream().map(JsonNode::asLong).toList();
    }

    /** Copies the values of the tensor of the same name into the target's memory; shapes must be equal. */
    public void readInto(Tensor target) {
        JsonNode entry = header.path(target.name());
        if (!entry.isObject()) throw unusable("has no tensor " + target.name());
        if (!shape(entry).equals(target.shape()))
            throw unusable("has " + target.name() + " in the shape " + shape(entry) + ", expected " + target.shape());
        copy(entry, target);
    }

    private void copy(JsonNode entry, Tensor target) {
        long start = entry.path("data_offsets").path(0).asLong();
        int length = Math.toIntExact(entry.path("data_offsets").path(1).asLong() - start);
        try {
            if (dataStart + start + length > channel.size()) throw unusable("is cut off");
            ByteBuffer source = channel.map(FileChannel.MapMode.READ_ONLY, dataStart + start, length)
                    .order(ByteOrder.LITTLE_ENDIAN);
            convert(entry.path("dtype").asString(""), source, target);
        } catch (IOException trouble) {
            throw unusable("cannot be read: " + trouble.getMessage());
        }
    }

    private void convert(String type, ByteBuffer source, Tensor target) {
        switch (type) {
            case "F32" -> target.bytes().duplicate().put(source);
            case "BF16" -> widen(source, target.bytes().asFloatBuffer());
            default -> throw unusable("has " + target.name() + " as " + type + "; accepted are F32 and BF16");
        }
    }

    private static void widen(ByteBuffer source, FloatBuffer target) {
        while (source.hasRemaining()) target.put(Float.intBitsToFloat(source.getShort() << Short.SIZE));
    }

    private UnusableModel unusable(String what) {
        return new UnusableModel(file + " " + what);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException trouble) {
            throw unusable("cannot be closed: " + trouble.getMessage());
        }
    }
}
