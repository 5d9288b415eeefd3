package dev.headway.limiter;

import java.io.Serial;

/** A text that should have been a {@link Limit} and is not. Immutable; the message names the text, the fault, its column and what is accepted. */
public final class LimitSyntaxException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int column;

    LimitSyntaxException(String text, String fault, int column, String advice) {
        super("limit \"%s\": %s at column %d; %s".formatted(text, fault, column, advice));
        this.column = column;
    }

    /** Returns where in the text the fault was seen; the first character is column 1. */
    public int column() {
        return column;
    }
}
