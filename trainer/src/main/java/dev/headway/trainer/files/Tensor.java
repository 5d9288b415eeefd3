package dev.headway.trainer.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A named block of 32-bit floats in memory, little-endian, as safetensors stores it.
 *
 * <p>The bytes are a view, not a copy: whoever owns the memory must keep it while the tensor is in use.
 *
 * @param name the name in the file
 * @param shape the sizes, outermost first
 * @param bytes the values, from position 0 to limit
 */
public record Tensor(String name, List<Long> shape, ByteBuffer bytes) {
    /** Copies the shape and fixes the byte order. */
    public Tensor {
        shape = List.copyOf(shape);
        bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() != elements(shape) * Float.BYTES)
            throw new IllegalArgumentException(
                    name + " has the shape " + shape + " but " + bytes.remaining() + " bytes");
    }

    static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
