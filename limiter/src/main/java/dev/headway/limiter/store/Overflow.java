package dev.headway.limiter.store;

/** What a full store does with a key that it does not hold, when every key that it holds has live permits. */
public enum Overflow {
    /** The new key is refused until a place is free; keys that are held go on as if nothing had happened. */
    REFUSE_NEW,
    /** All new keys of a limiter share the permits of one key until a place is free. */
    SHARED_KEY
}
