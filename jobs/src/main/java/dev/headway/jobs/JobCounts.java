package dev.headway.jobs;

/**
 * How busy the engine is. Immutable.
 *
 * @param running how many jobs occupy a slot
 * @param queued how many wait for one
 */
public record JobCounts(int running, int queued) {}
