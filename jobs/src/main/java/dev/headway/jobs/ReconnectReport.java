package dev.headway.jobs;

/**
 * What a fresh look at all running attempts found. Immutable.
 *
 * @param jobsBefore how many jobs were known before
 * @param jobsAfter how many are known now
 * @param runningBefore how many of them were running before
 * @param runningAfter how many run now
 * @param reconnected how many were found running that had not been known to
 */
public record ReconnectReport(int jobsBefore, int jobsAfter, int runningBefore, int runningAfter, int reconnected) {}
