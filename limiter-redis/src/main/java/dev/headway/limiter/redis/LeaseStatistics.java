package dev.headway.limiter.redis;

/**
 * What a {@link RedisStore} has done with permits taken ahead; an immutable value.
 *
 * @param keys the keys of which permits may be held at the moment
 * @param admitted requests that were admitted of permits held, so that Redis was not asked
 * @param taken permits that were taken ahead
 * @param returned permits taken ahead of which Redis has taken note that they were not used
 */
public record LeaseStatistics(long keys, long admitted, long taken, long returned) {}
