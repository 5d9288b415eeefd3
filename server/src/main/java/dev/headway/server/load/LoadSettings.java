package dev.headway.server.load;

import java.time.Duration;

/**
 * What limits are lowered by; an immutable value.
 *
 * @param source where the load is known from
 * @param gpuBusyPercent the percentage above which the GPU is busy, or what the command speaks of
 * @param queueBusyJobs the number of waiting jobs above which the queue is
 * @param command the line that a shell is given to find out the load; empty where the source is another
 * @param interval how long after one look the next is
 */
public record LoadSettings(Source source, int gpuBusyPercent, int queueBusyJobs, String command, Duration interval) {
    /** Where the load is known from. */
    public enum Source {
        /** From nowhere: limits are never lowered. */
        OFF,
        /** From {@code nvidia-smi}. */
        GPU,
        /** From the number of jobs that wait. */
        QUEUE,
        /** From a command of the operator's. */
        COMMAND
    }
}
