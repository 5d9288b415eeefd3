package dev.headway.trainer.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The tokenizer of the built-in models: ids 0 to 255 are the bytes of the text in UTF-8, those above are
 * {@link SpecialToken}s.
 *
 * <p>Nothing is learnt and nothing is unknown: every text has ids, and the ids give the text back. The price is length,
 * about one token per letter. Stateless; threads may share it.
 */
public final class ByteTokenizer {
    /** The number of ids that stand for bytes. */
    public static final int BYTES = 256;

    private ByteTokenizer() {}

    /** Returns the number of ids, bytes and special tokens together. */
    public static int size() {
        return BYTES + SpecialToken.values().length;
    }

    /** Returns the ids of a text, without special tokens. */
    public static int[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        for (int index = 0; index < bytes.length; index++) ids[index] = Byte.toUnsignedInt(bytes[index]);
        return ids;
    }

    /** Returns the text of the ids; special tokens are left out and broken UTF-8 becomes the replacement character. */
    public static String decode(int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length);
        for (int id : ids) {
            if (id < BYTES) bytes.write(id);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
