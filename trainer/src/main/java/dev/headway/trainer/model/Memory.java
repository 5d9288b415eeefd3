package dev.headway.trainer.model;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The memory behind an array, without a copy. Stateless; threads may share it, though not an array. */
final class Memory {
    private Memory() {}

    /** Returns a view of the array's values, to read and to write, valid while the array is open. */
    static ByteBuffer of(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
    }
}
