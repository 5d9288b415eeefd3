package dev.headway.trainer.text;

import dev.headway.trainer.files.Json;
import dev.headway.trainer.files.WholeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The byte tokenizer described in the files other tools read: {@code tokenizer.json} and {@code tokenizer_config.json}.
 *
 * <p>There it is a byte-level BPE without merges. Such a vocabulary cannot hold raw bytes, so each byte is written as a
 * letter: printable Latin-1 bytes stand for themselves, the other 68 follow from U+0100 upward in order (the alphabet
 * that GPT-2 introduced). Byte 0 is thus "Ā", byte 32, the blank, "Ġ", and "a" is "a".
 *
 * <p>Stateless; threads may share it.
 */
public final class TokenizerFiles {
    private static final String TOKENIZER = "tokenizer.json";
    private static final int FIRST_SUBSTITUTE = 0x100;

    private TokenizerFiles() {}

    /** Writes both files into a model directory and waits for the disk; {@code maxLength} is in tokens. */
    public static void write(Path directory, int maxLength) {
        WholeFiles.durably(directory.resolve(TOKENIZER), Json.pretty(tokenizer()));
        WholeFiles.durably(directory.resolve("tokenizer_config.json"), Json.pretty(configuration(maxLength)));
    }

    /** Returns whether the directory has a tokenizer at all. */
    public static boolean isThere(Path directory) {
        return Files.exists(directory.resolve(TOKENIZER));
    }

    /** Returns whether the directory's tokenizer is the byte tokenizer. */
    public static boolean describeOurs(Path directory) {
        Path file = directory.resolve(TOKENIZER);
        return isThere(directory)
                && Json.readObject(file).path("model").equals(tokenizer().path("model"));
    }

    private static ObjectNode tokenizer() {
        ObjectNode tokenizer = Json.object();
        tokenizer.put("version", "1.0");
        tokenizer.putNull("truncation").putNull("padding");
        tokenizer.set("added_tokens", addedTokens());
        tokenizer.putNull("normalizer");
        tokenizer.set("pre_tokenizer", byteLevel());
        tokenizer.set("post_processor", beginInFront());
        tokenizer.set("decoder", byteLevel());
        tokenizer.set("model", vocabulary());
        return tokenizer;
    }

    private static ArrayNode addedTokens() {
        ArrayNode tokens = Json.object().putArray("tokens");
        for (SpecialToken token : SpecialToken.values()) {
            tokens.addObject()
                    .put("id", token.id())
                    .put("content", token.text())
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        return tokens;
    }

    private static ObjectNode byteLevel() {
        return Json.object()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    private static ObjectNode beginInFront() {
        ObjectNode processor = Json.object().put("type", "TemplateProcessing");
        ArrayNode single = processor.putArray("single");
        single.add(begin());
        single.add(sequence("A"));
        ArrayNode pair = processor.putArray("pair");
        pair.add(begin());
        pair.add(sequence("A"));
        pair.add(sequence("B"));
        ObjectNode special = processor.putObject("special_tokens").putObject(SpecialToken.BEGIN.text());
        special.put("id", SpecialToken.BEGIN.text());
        special.putArray("ids").add(SpecialToken.BEGIN.id());
        special.putArray("tokens").add(SpecialToken.BEGIN.text());
        return processor;
    }

    private static ObjectNode begin() {
        ObjectNode item = Json.object();
        item.putObject("SpecialToken").put("id", SpecialToken.BEGIN.text()).put("type_id", 0);
        return item;
    }

    private static ObjectNode sequence(String name) {
        ObjectNode item = Json.object();
        item.putObject("Sequence").put("id", name).put("type_id", 0);
        return item;
    }

    private static ObjectNode vocabulary() {
        ObjectNode model = Json.object().put("type", "BPE");
        model.putNull("dropout").putNull("unk_token").putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix").put("fuse_unk", false).put("byte_fallback", false);
        ObjectNode vocabulary = model.putObject("vocab");
        int substitute = FIRST_SUBSTITUTE;
        for (int value = 0; value < ByteTokenizer.BYTES; value++) {
            int letter = isPrintable(value) ? value : substitute++;
            vocabulary.put(Character.toString(letter), value);
        }
        model.putArray("merges");
        return model;
    }

    private static boolean isPrintable(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
    }

    private static ObjectNode configuration(int maxLength) {
        return Json.object()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("bos_token", SpecialToken.BEGIN.text())
                .put("eos_token", SpecialToken.END.text())
                .put("pad_token", SpecialToken.PADDING.text())
                .put("clean_up_tokenization_spaces", false)
                .put("model_max_length", maxLength)
                .put("padding_side", "right")
                .put("chat_template", ChatLayout.TEMPLATE);
    }
}
