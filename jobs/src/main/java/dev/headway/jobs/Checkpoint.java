package dev.headway.jobs;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * A checkpoint of a job. Immutable.
 *
 * @param name the name of its directory
 * @param epoch how many epochs went before it
 * @param step how many steps went before it
 * @param evalLoss the loss on held-out data at that step
 * @param trainLoss the loss on training data at that step
 * @param sizeBytes the size of all its files, in bytes
 * @param createdAt when it was last written to
 * @param best whether it scores best
 * @param latest whether it is the newest
 */
public record Checkpoint(
        String name,
        OptionalDouble epoch,
        long step,
        OptionalDouble evalLoss,
        OptionalDouble trainLoss,
        long sizeBytes,
        Instant createdAt,
        boolean best,
        boolean latest) {}
