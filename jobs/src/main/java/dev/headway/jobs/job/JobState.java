package dev.headway.jobs.job;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a job stands. Immutable.
 *
 * <p>A job has an <em>attempt</em> (one start of its trainer) while it is in one of the four states of the middle row.
 * Every arrow below is one commit, and no other move exists.
 *
 * <pre>
 *  submit ──► QUEUED ──────────────────────── cancel ───────────────────────► CANCELLED
 *               │ ▲ ▲                                                              ▲
 *   slot free   │ │ └── did not come to run, or lost with restarts left            │
 *               ▼ │                                                                │
 *            STARTING ──► RUNNING ──── cancel (also from STARTING, PAUSING) ──► CANCELLING
 *               │            │ └─ pause (also from STARTING) ─► PAUSING            (any end)
 *               │            │                                     │
 *               └────────────┴─► COMPLETED  code 0                 ├─► COMPLETED  had finished by then
 *                            └─► FAILED     any other end          └─► PAUSED     any other end
 *
 *  FAILED, CANCELLED ── force-start ──► QUEUED
 *  PAUSED ── resume ──► QUEUED          PAUSED ── cancel ──► CANCELLED
 * </pre>
 *
 * <p>PAUSING and CANCELLING are intentions written down before any signal is sent. The end of an attempt that was told
 * to stop takes its state from the intention and never from the exit code.
 */
public enum JobState {
    /** Waits for a slot. */
    QUEUED("queued"),
    /** Its attempt is stored; whether the trainer runs already is not known yet. */
    STARTING("pending"),
    /** Its trainer runs. */
    RUNNING("running"),
    /** Its trainer has been asked to write a checkpoint and stop. */
    PAUSING("running"),
    /** Its trainer is being stopped for good. */
    CANCELLING("running"),
    /** Stopped by a user who may resume it. */
    PAUSED("paused"),
    /** Ended as it should. */
    COMPLETED("completed"),
    /** Ended otherwise. */
    FAILED("failed"),
    /** Stopped by a user. */
    CANCELLED("cancelled");

    private static final Map<JobState, Set<JobState>> MOVES = Map.of(
            QUEUED, EnumSet.of(STARTING, CANCELLED),
            STARTING, EnumSet.of(RUNNING, QUEUED, COMPLETED, FAILED, PAUSING, CANCELLING),
            RUNNING, EnumSet.of(QUEUED, COMPLETED, FAILED, PAUSING, CANCELLING),
            PAUSING, EnumSet.of(PAUSED, COMPLETED, CANCELLING),
            CANCELLING, EnumSet.of(CANCELLED),
            PAUSED, EnumSet.of(QUEUED, CANCELLED),
            COMPLETED, EnumSet.noneOf(JobState.class),
            FAILED, EnumSet.of(QUEUED),
            CANCELLED, EnumSet.of(QUEUED));

    private final String wireName;

    JobState(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Names the state as clients know it.
     *
     * @return one of queued, pending, running, paused, completed, failed, cancelled
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Names the state as the store knows it.
     *
     * @return the constant's name in lower case
     */
    public String storedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #storedName} wrote.
     *
     * @param storedName the name
     * @return the state
     * @throws IllegalArgumentException if no state has that name
     */
    public static JobState ofStoredName(String storedName) {
        return valueOf(storedName.toUpperCase(Locale.ROOT));
    }

    /**
     * Looks the move up in the table above.
     *
     * @param next the state to move to
     * @return whether a job in this state may move there
     */
    public boolean mayBecome(JobState next) {
        return requireNonNull(MOVES.get(this)).contains(next);
    }

    /**
     * Says whether the job has an attempt, and so occupies a slot.
     *
     * @return whether this is STARTING, RUNNING, PAUSING or CANCELLING
     */
    public boolean isActive() {
        return this == STARTING || this == RUNNING || isStopping();
    }

    /**
     * Says whether a user has told the attempt to stop.
     *
     * @return whether this is PAUSING or CANCELLING
     */
    public boolean isStopping() {
        return this == PAUSING || this == CANCELLING;
    }

    /**
     * Says whether the job has ended.
     *
     * @return whether this is COMPLETED, FAILED or CANCELLED
     */
    public boolean isFinished() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
