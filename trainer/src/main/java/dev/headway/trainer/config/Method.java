package dev.headway.trainer.config;

import java.util.Locale;
import java.util.Optional;

/** What is learnt from a row of text. */
public enum Method {
    /** Supervised fine-tuning: only the answers are learnt, the questions are read. */
    SFT,
    /** Continued pre-training: every token is learnt. */
    CPT;

    static Optional<Method> find(String name) {
        for (Method method : values()) {
            if (method.wireName().equals(name.toLowerCase(Locale.ROOT))) return Optional.of(method);
        }
        return Optional.empty();
    }

    /** Returns the name used in configurations, such as {@code sft}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
