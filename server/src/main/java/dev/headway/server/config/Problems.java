package dev.headway.server.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is told at once; for one thread. */
final class Problems {
    private final List<String> sentences = new ArrayList<>();

    /** Adds a sentence that says what was wrong, the value seen, what is accepted, and where. */
    void add(String sentence) {
        sentences.add(sentence);
    }

    /** Adds what is wrong with a setting. */
    void add(Setting setting, String what) {
        add(setting.variable() + " is " + setting.shown() + " (" + setting.origin() + "): " + what);
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }

    /**
     * Returns if there was none.
     *
     * @throws InvalidSettings with all of them
     */
    void requireNone() {
        if (!sentences.isEmpty()) {
            throw new InvalidSettings(sentences);
        }
    }
}
