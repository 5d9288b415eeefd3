package dev.headway.limiter.redis;

/** What Redis replied about one of the requests that travelled together. Immutable. */
sealed interface TakeReply {

    /** It decided. */
    record Decided(Answer answer) implements TakeReply {}

    /** It leaves the decision to a script that knows more, and did nothing. */
    record AtLength() implements TakeReply {}

    /** It could not decide, for this reason, and wrote nothing. */
    record Fault(String text) implements TakeReply {}
}
