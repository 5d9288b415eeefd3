package dev.headway.server.throttle.rules;

/** Tells how long the body of a request may be, which is asked only where requests weigh more for it; for one request. */
@FunctionalInterface
public interface BodyLength {
    /** The length of no body. */
    BodyLength NONE = () -> 0;

    /** Returns the bytes that the head announces, or {@link Weight#UNKNOWN_LENGTH} where it announces none. */
    long atMost();
}
