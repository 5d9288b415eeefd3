package dev.headway.limiter.algorithm;

/**
 * What a receipt remembers of permits that were taken from one limit, so that just these can be given back. Immutable.
 *
 * @param permits how many
 * @param tick where they are counted: the stamp in a log, the begin of a window, or the date of a debt
 * @param serial the number of the last of them among all permits of the key, where a debt has no other trace of them; else 0
 */
public record Taken(int permits, long tick, int serial) {}
