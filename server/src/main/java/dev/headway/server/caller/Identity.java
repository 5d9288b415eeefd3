package dev.headway.server.caller;

/** Whom a key shows its bearer to be; immutable. */
public sealed interface Identity
        permits User, Identity.Anonymous, Identity.Stranger, Identity.KeyHolder, Identity.Operator {
    /** Whoever shows no key, and everybody where no keys are known. */
    Identity ANONYMOUS = new Anonymous();

    /** Whoever shows a key that is none. */
    Identity STRANGER = new Stranger();

    /** Whoever shows a key that is nobody's own. */
    Identity KEY_HOLDER = new KeyHolder();

    /** Whoever shows the operator's key. */
    Identity OPERATOR = new Operator();

    /** No key was shown, or none was asked for. */
    record Anonymous() implements Identity {}

    /** A key was shown that nobody here has. */
    record Stranger() implements Identity {}

    /** The key that all who use the filesystem routes share was shown. */
    record KeyHolder() implements Identity {}

    /** The operator's key was shown. */
    record Operator() implements Identity {}
}
