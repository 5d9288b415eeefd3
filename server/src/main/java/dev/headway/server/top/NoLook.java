package dev.headway.server.top;

/** Thrown when a server does not tell; its message is a sentence for the operator. */
public final class NoLook extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    NoLook(String sentence, boolean lasting) {
        super(sentence);
        this.lasting = lasting;
    }

    /** Returns whether asking again would come to the same. */
    public boolean isLasting() {
        return lasting;
    }
}
