package dev.headway.trainer.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The tokens that are not bytes; their ids follow the 256 of the bytes. */
public enum SpecialToken {
    /** Begins every row. */
    BEGIN(256, "<s>"),
    /** Ends a text or an answer; generating it means to stop. */
    END(257, "</s>"),
    /** Fills short rows; never learnt. */
    PADDING(258, "<pad>"),
    /** Begins the message that sets the scene. */
    SYSTEM(259, "<|system|>"),
    /** Begins a message of the one who asks. */
    USER(260, "<|user|>"),
    /** Begins a message of the one who answers. */
    ASSISTANT(261, "<|assistant|>");

    private final int id;
    private final String text;

    SpecialToken(int id, String text) {
        this.id = id;
        this.text = text;
    }

    /** Returns the token as it is written in tokenizer files. */
    public String text() {
        return text;
    }

    /** Returns the token's id, 256 or more. */
    public int id() {
        return id;
    }

    /** Returns the token that begins a message of a role: system, user or assistant. */
    public static Optional<SpecialToken> ofRole(String role) {
        String text = "<|" + role.toLowerCase(Locale.ROOT) + "|>";
        return Arrays.stream(values()).filter(token -> token.text.equals(text)).findFirst();
    }
}
