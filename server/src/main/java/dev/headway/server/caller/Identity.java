package dev.headway.server.caller;

/** Whom a key shows its bearer to be; immutable. */
public sealed interface Identity permits User, Identity.Anonymous, Identity.Stranger, Identity.Operator {
    /** Whoever shows no key, and everybody where no keys are known. */
    Identity ANONYMOUS = new Anonymous();

    /** Whoever shows a key that is none. */
    Identity STRANGER = new Stranger();

    /** Whoever shows the operator's key. */
    Identity OPERATOR = new Operator();

    /** No key was shown, or none was asked for. */
    record Anonymous() implements Identity {}

    /** A key was shown that nobody here has. */
    record Stranger() implements Identity {}

    /** The operator's key was shown. */
    record Operator() implements Identity {}
}
