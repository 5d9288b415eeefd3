package dev.headway.server.caller.keys;

import java.util.List;

/** A file of keys cannot be used; the message lists everything that is wrong with it, and shows no key. */
public final class InvalidKeyFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidKeyFile(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong, each a sentence with the place. */
    public List<String> problems() {
        return problems;
    }
}
