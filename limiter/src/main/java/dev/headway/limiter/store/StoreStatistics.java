package dev.headway.limiter.store;

/**
 * How full a store was at one moment. Immutable.
 *
 * @param keys how many keys were held; keys without live permits count until their place is needed
 * @param bytes how many bytes their records and tables took, empty places included
 * @param overflows how many requests of new keys have met a store full of live keys since it was made
 */
public record StoreStatistics(long keys, long bytes, long overflows) {}
