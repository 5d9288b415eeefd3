package dev.headway.limiter;

/**
 * A part of a joint request as a store sees it. Immutable.
 *
 * @param space where the key is
 * @param key whose permits are claimed
 * @param permits how many, at least 1
 * @param advisory whether the others go on without it if it does not fit
 */
public record SpaceClaim(LimitSpace space, Key key, int permits, boolean advisory) {}
